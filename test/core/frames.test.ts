import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { READER } from '../support/accounts.ts'
import { anyCase } from '../support/cases.ts'
import { temporaryFolder } from '../support/cleanup.ts'
import { ask, openPaths, openTestCore } from '../support/core.ts'
import { needsShared } from '../support/needs-shared.ts'
import { REAL_SLICE } from '../support/series.ts'
import { multiFrameFile, realSlices } from '../support/stacks.ts'

const slices = await realSlices()

needsShared(REAL_SLICE)
it.skipIf(slices === null)(
  'a frame that the answer is not of is read when a reader asks, on record beside the answer',
  async () => {
    const { core } = await openTestCore(temporaryFolder())
    const path = join(temporaryFolder(), 'frames.dcm')
    // The middle one stands for the file.
    const three = slices?.slice(19, 22) ?? []
    writeFileSync(path, multiFrameFile(three))
    await openPaths(core, path)
    const { rows } = await core.store.listCases(anyCase, 0, 1)
    const id = rows[0]?.id ?? ''
    const before = await ask(core, 'cases.get', { id })
    expect(before.dicom).toMatchObject({ frames: 3, frame: 2 })

    const middle = await ask(core, 'cases.frame-answer', { id, frame: 1 })
    for (const [label, p] of Object.entries(before.result?.confidences ?? {})) {
      expect(middle.confidences[label as keyof typeof middle.confidences]).toBeCloseTo(p, 4)
    }
    const first = await ask(core, 'cases.frame-answer', { id, frame: 0 })
    expect(first.confidences).not.toEqual(middle.confidences)
    // The same picture by itself, in a file of one frame, has the same answer.
    const alone = join(temporaryFolder(), 'alone.dcm')
    writeFileSync(alone, multiFrameFile(three.slice(0, 1)))
    await openPaths(core, alone)
    const [single] = (await core.store.listCases(anyCase, 0, 2)).rows.filter((row) => row.id !== id)
    const itself = (await ask(core, 'cases.get', { id: single?.id ?? '' })).result?.confidences
    expect(first.confidences.notumor).toBeCloseTo(itself?.notumor ?? -1, 4)

    // The case's answer is what it was, and who asked stands in its history.
    expect((await ask(core, 'cases.get', { id })).result).toEqual(before.result)
    const { entries } = await ask(core, 'cases.timeline', { id })
    expect(entries.filter(({ act }) => act === 'case.frame-asked').map(({ actor }) => actor)).toEqual([READER, READER])
    await expect(ask(core, 'cases.frame-answer', { id, frame: 3 })).rejects.toThrow('dicom-frame-missing')

    // Like the answer it is kept from who has given no impression yet.
    await ask(core, 'reading.set', { on: true })
    await openPaths(core, writeCopy(three.slice(1)))
    const [hidden] = (await core.store.listCases(anyCase, 0, 1)).rows
    await expect(ask(core, 'cases.frame-answer', { id: hidden?.id ?? '', frame: 0 })).rejects.toThrow(
      'impression-needed',
    )
  },
  120_000,
)

function writeCopy(frames: Parameters<typeof multiFrameFile>[0]): string {
  const path = join(temporaryFolder(), 'hidden.dcm')
  writeFileSync(path, multiFrameFile(frames))
  return path
}
