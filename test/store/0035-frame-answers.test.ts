import { expect, it } from 'vitest'
import { openStore } from '../../src/main/store/index.ts'
import type { FrameAnswers } from '../../src/main/store/types.ts'
import { breakOf, makeRecord, verify } from '../support/audit.ts'
import { DICOM_FACTS, newCase, newResult } from '../support/cases.ts'
import { temporaryFolder } from '../support/cleanup.ts'
import { sure } from '../support/series.ts'
import { tamper, withTriggers } from '../support/spoil.ts'
import { undoFrom } from '../support/undo.ts'

const frame = (frame: number, label: 'glioma' | 'notumor'): FrameAnswers['frames'][number] => ({
  ...{ frame, mm: 5 * frame, scope: 'counted', ...sure(label) },
  label,
})

const FRAMES: FrameAnswers = {
  standing: {
    ...{ rule: 'neighbours-2', plane: 'axial', counted: 3, key: '2', deciding: ['0', '1', '2'], cautions: ['x'] },
  },
  frames: [
    frame(0, 'notumor'),
    frame(1, 'glioma'),
    frame(2, 'glioma'),
    { frame: 3, mm: null, scope: 'unread', label: null, confidences: null },
  ],
}

it('frames of a file have answers beside its result, which cannot be changed and are bound', async () => {
  const file = await makeRecord(temporaryFolder())
  await undoFrom(file, '0035-frame-answers')
  const store = await openStore(file)
  const one = newCase({ scan: { sha256: 'a'.repeat(64), bytes: 10 } })
  await store.receive([one])
  const dicom = { ...DICOM_FACTS, frames: 4, frame: 2 }
  await store.complete([newResult(one.id, { dicom, ...sure('glioma'), frames: FRAMES })])
  const series = await store.seriesOf(one.id)
  expect(series).toMatchObject({ id: one.id, key: 2, deciding: [0, 1, 2], counted: 3, rule: 'neighbours-2' })
  expect(series?.slices.map(({ caseId, frame, scope }) => [caseId, frame, scope])).toEqual([
    ...[0, 1, 2].map((n) => [one.id, n, 'counted']),
    [one.id, 3, 'unread'],
  ])
  expect(await store.keyFrameOf(one.id)).toBe(2)
  expect(await store.getCase(one.id)).toMatchObject({ series: null, dicom: { frames: 4, frame: 3 } })
  expect((await store.timelineOf(one.id)).at(-1)).toMatchObject({ series: { slices: 4, counted: 3 } })

  // Kept like the answer: neither what the frames are called nor which of them is the most suspicious.
  const kept = await store.seriesOf(one.id, 'Dr B')
  expect(kept).toMatchObject({ key: 1, deciding: null })
  for (const slice of kept?.slices ?? []) expect(slice).toMatchObject({ label: null, confidences: null })
  expect(await store.getCase(one.id, 'Dr B')).toMatchObject({ dicom: { frame: 2 } })

  // Another model's answer brings its own; one without leaves the file with the frame that was read.
  const other = { weightsSha256: 'b'.repeat(64), modelId: 'other' }
  const later = { standing: { ...FRAMES.standing, key: '1' }, frames: FRAMES.frames }
  await store.addResult(newResult(one.id, { ...other, frames: later }), 'Dr A')
  expect(await store.keyFrameOf(one.id)).toBe(1)
  await store.addResult(newResult(one.id), 'Dr A')
  expect([await store.keyFrameOf(one.id), await store.seriesOf(one.id)]).toEqual([null, null])
  await store.close()
  expect(await verify(file)).toMatchObject({ broken: null })
  for (const change of [`update frame_answers set frames = '[]'`, 'delete from frame_answers'])
    withTriggers(file, (sqlite) => expect(() => sqlite.exec(change)).toThrow('append-only'))
  tamper(file, (sqlite) => sqlite.exec(`update frame_answers set standing = '{}'`))
  expect(await breakOf(file)).toMatchObject({ kind: 'row-altered' })
})
