import { beforeAll, describe, expect, it } from 'vitest'
import { gatherExamples, regroupFolds } from '../../src/main/engine/train/run/examples.ts'
import type { Example, Part } from '../../src/main/engine/train/run/types.ts'
import type { TrainingRequest } from '../../src/shared/training.ts'
import { Cleanup, temporaryFolder } from '../support/cleanup.ts'
import { type MadeSet, makeSet, request } from './support.ts'

const cleanup = new Cleanup()
let set: MadeSet

beforeAll(async () => {
  set = await makeSet(`${temporaryFolder(cleanup.add)}/set`)
  return cleanup.run
})

async function gather(changes: Partial<TrainingRequest>): Promise<Example[]> {
  const follow = { signal: new AbortController().signal, onProgress: () => undefined, onDataset: () => undefined }
  return (await gatherExamples(request(set, changes), follow)).examples
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

  it('are the same for the same seed and others for another', async () => {
    const split = { by: 'patient', validation: 0.25 } as const
    expect(await gather({ split })).toEqual(await gather({ split }))
    expect(await gather({ split, seed: 2 })).not.toEqual(await gather({ split }))
  })

  it('of a set with too few images of a class are refused', async () => {
    const follow = { signal: new AbortController().signal, onProgress: () => undefined, onDataset: () => undefined }
    const asked: TrainingRequest = {
      ...request(set),
      set: `${set.root}/Testing`,
      split: { by: 'group', validation: 0.1 },
    }
    delete asked.patients
    await expect(gatherExamples(asked, follow)).rejects.toMatchObject({ code: 'dataset-class-small' })
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
