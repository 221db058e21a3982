import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { gatherExamples, regroupFolds } from '../../src/main/engine/train/run/examples.ts'
import type { Example, Part } from '../../src/main/engine/train/run/types.ts'
import type { TrainingNotice, TrainingRequest } from '../../src/shared/training.ts'
import { Cleanup, temporaryFolder } from '../support/cleanup.ts'
import { type MadeSet, makeSet, request } from './support.ts'

const cleanup = new Cleanup()
let set: MadeSet

const silent = {
  signal: new AbortController().signal,
  onProgress: () => undefined,
  onDataset: () => undefined,
  tell: () => undefined,
}

beforeAll(async () => {
  set = await makeSet(`${temporaryFolder(cleanup.add)}/set`)
  return cleanup.run
})

/** The same set as plain class folders: nobody knows whose images they are. */
async function gatherLoose(split: TrainingRequest['split'], recipe: TrainingRequest['recipe'] = 'head') {
  const notices: TrainingNotice[] = []
  const { patients: _, ...asked } = request(set, { set: `${set.root}/Training`, split, recipe })
  const tell = (notice: TrainingNotice) => void notices.push(notice)
  const gathered = await gatherExamples(asked, { ...silent, tell })
  return { ...gathered, notices }
}

async function gather(changes: Partial<TrainingRequest>): Promise<Example[]> {
  return (await gatherExamples(request(set, changes), silent)).examples
}

const of = (examples: Example[], part: Part) => examples.filter((example) => example.part === part)
const groups = (examples: Example[]) => new Set(examples.map(({ group }) => group))

describe('the parts of a run', () => {
  it('by fold: the fold is held out, test images never train, no group is on two sides', async () => {
    const examples = await gather({ split: { by: 'fold', fold: 2, validation: 0.2 }, tumours: [set.tumours] })
    for (const [a, b] of [
      ['training', 'validation'],
      ['training', 'held-out'],
      ['validation', 'held-out'],
      ['training', 'testing'],
      ['validation', 'testing'],
    ] as const) {
      expect(groups(of(examples, a)).isDisjointFrom(groups(of(examples, b)))).toBe(true)
    }
    const learned = [...of(examples, 'training'), ...of(examples, 'validation')]
    expect(learned.some(({ file }) => file.startsWith('Testing'))).toBe(false)
    expect(of(examples, 'held-out').some(({ file }) => file.startsWith('Testing'))).toBe(false)
    expect(of(examples, 'testing').length).toBeGreaterThan(0)
    const tumours = of(examples, 'held-out').filter(({ label }) => label && label !== 'notumor')
    expect(groups(tumours)).toContain('glioma-Training-2')
    expect(of(examples, 'held-out').filter(({ label }) => label === null)).toHaveLength(3)
  })

  it('by rule: what the set keeps for testing stays apart, the rest is divided', async () => {
    const examples = await gather({ split: { by: 'patient', validation: 0.25 } })
    expect(of(examples, 'testing').every(({ file }) => file.startsWith('Testing'))).toBe(true)
    expect(of(examples, 'testing')).toHaveLength(20)
    expect(of(examples, 'held-out')).toHaveLength(0)
    expect(of(examples, 'validation').length).toBeGreaterThanOrEqual(16)
    expect(of(examples, 'training').length + of(examples, 'validation').length).toBe(80)
    expect(groups(of(examples, 'training')).isDisjointFrom(groups(of(examples, 'validation')))).toBe(true)
  })

  it('by the recipe’s rule: patients where they are known', async () => {
    const examples = await gather({ recipe: 'head', split: { by: 'recipe' } })
    expect(examples).toEqual(await gather({ recipe: 'head', split: { by: 'patient', validation: 0.1 } }))
  })

  it('by the recipe’s rule: near-duplicate groups where no patient is known, which is told', async () => {
    const { split, notices, examples } = await gatherLoose({ by: 'recipe' })
    expect(split).toEqual({ by: 'group', validation: 0.1 })
    expect(notices).toEqual([{ kind: 'split-by-group' }])
    expect(of(examples, 'validation').length).toBeGreaterThan(3)
    expect(groups(of(examples, 'training')).isDisjointFrom(groups(of(examples, 'validation')))).toBe(true)
    expect((await gatherLoose({ by: 'group', validation: 0.1 })).examples).toEqual(examples)
    expect((await gatherLoose({ by: 'group' })).notices).toEqual([])
  })

  it('asked for by patient are refused where no patient is known', async () => {
    await expect(gatherLoose({ by: 'patient' })).rejects.toMatchObject({ code: 'dataset-split-impossible' })
  })

  it('of the networks from scratch: 10 % at random, with the warning', async () => {
    for (const recipe of ['cnn-9', 'cnn-24'] as const) {
      const { split, notices, examples } = await gatherLoose({ by: 'recipe' }, recipe)
      expect(split).toEqual({ by: 'random', validation: 0.1 })
      expect(notices).toEqual([{ kind: 'split-at-random' }])
      expect(of(examples, 'validation')).toHaveLength(8)
    }
    const other = await gatherLoose({ by: 'group', validation: 0.25 }, 'cnn-9')
    expect([other.split, other.notices]).toEqual([{ by: 'group', validation: 0.25 }, []])
  })

  it('leave out and list what cannot be read, in the set and in tables of tumours', async () => {
    const made = await makeSet(`${temporaryFolder()}/set`, 12, 0)
    writeFileSync(
      `${made.root}/Training/glioma/cut.png`,
      readFileSync(`${made.root}/Training/glioma/0.png`).subarray(0, 80),
    )
    writeFileSync(`${dirname(made.tumours)}/4.png`, 'no picture')
    rmSync(`${dirname(made.tumours)}/7.png`)
    const { patients: _, ...asked } = request(made, { tumours: [made.tumours], recipe: 'head', split: { by: 'group' } })
    const notices: TrainingNotice[] = []
    const gathered = await gatherExamples(asked, { ...silent, tell: (notice) => void notices.push(notice) })
    const [lost, lostTumours] = [['Training/glioma/cut.png'], ['set-others/4.png', 'set-others/7.png']]
    expect(gathered.unreadable).toEqual([...lost, ...lostTumours])
    expect(notices).toEqual([lost, lostTumours].map((files) => ({ kind: 'unreadable', files })))
    expect(gathered.examples.filter(({ label }) => label === null)).toHaveLength(13)
    expect(gathered.examples.filter(({ label }) => label === 'glioma')).toHaveLength(12)
    expect(gathered.tumoursSha256[0]).toMatch(/^[0-9a-f]{64}$/)
  })

  it('are the same for the same seed and others for another', async () => {
    const split = { by: 'patient', validation: 0.25 } as const
    expect(await gather({ split })).toEqual(await gather({ split }))
    expect(await gather({ split, seed: 2 })).not.toEqual(await gather({ split }))
  })

  it('of a set with too few images of a class are refused', async () => {
    const asked: TrainingRequest = {
      ...request(set),
      set: `${set.root}/Testing`,
      split: { by: 'group', validation: 0.1 },
    }
    delete asked.patients
    await expect(gatherExamples(asked, silent)).rejects.toMatchObject({ code: 'dataset-class-small' })
  })
})

describe('folds of images without a patient', () => {
  it('are drawn anew by near-duplicate group, and those of patients stay', () => {
    const image = (patient: string | null, group: number, fold: number) => ({
      label: patient ? ('glioma' as const) : ('notumor' as const),
      patient,
      group,
      date: null,
      fold,
    })
    // The table puts copies of one slice (group 7) into two folds.
    const images = [image('p', 1, 0), image('q', 2, 1), image(null, 7, 0), image(null, 7, 1), image(null, 8, 0)]
    const [p, q, a, b] = regroupFolds(images)
    expect([p?.fold, q?.fold]).toEqual([0, 1])
    expect(a?.fold).toBe(b?.fold)
  })
})
