import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { dicomFile, element } from '../engine/dicom/support/write.ts'
import { temporaryFolder } from '../support/cleanup.ts'
import { ask, openPaths, openTestCore } from '../support/core.ts'
import { textOf } from '../support/pdf.ts'

const of = (patient: string, id: string, changes: Record<number, Buffer> = {}) =>
  dicomFile({
    1048592: element(0x00100010, 'PN', patient),
    1048608: element(0x00100020, 'LO', id),
    2097166: element(0x0020000e, 'UI', '1.2.3.4'),
    ...changes,
  })

async function open(...files: Buffer[]) {
  const folder = temporaryFolder()
  const { core } = await openTestCore(join(folder, 'data'))
  const paths = files.map((bytes, i) => {
    const path = join(folder, `IM${i}.dcm`)
    writeFileSync(path, bytes)
    return path
  })
  const outcomes = await openPaths(core, ...paths)
  return { core, ids: outcomes.map(({ caseId }) => caseId as string) }
}

it('two patients in one series stay two: each case tells who its own file says', { timeout: 60_000 }, async () => {
  const { core, ids } = await open(of('Doe^Jane', 'P1'), of('Roe^Richard', 'P2'))
  const told = await Promise.all(ids.map((id) => ask(core, 'cases.get', { id })))
  expect(told.map(({ patientName, patientId }) => [patientName, patientId])).toEqual([
    ['Doe, Jane', 'P1'],
    ['Roe, Richard', 'P2'],
  ])
  expect(new Set(told.map(({ dicom }) => dicom?.seriesUid))).toEqual(new Set(['1.2.3.4']))
  const { rows } = await ask(core, 'cases.list', { query: { patientId: 'P2' }, limit: 10 })
  expect(rows.map(({ id }) => id)).toEqual([ids[1]])
})

it('HTML in a patient’s name is text on paper', { timeout: 60_000 }, async () => {
  const { core, ids } = await open(
    of('<script>alert(1)</script>^&amp;<b>', '"><script>', { 528432: element(0x00081030, 'LO', '<i>head</i>') }),
  )
  const { pdf } = await ask(core, 'cases.report', { id: ids[0] as string })
  const [page = ''] = await textOf(Buffer.from(pdf, 'base64'))
  expect(page).toContain('<script>alert(1)</script>, &amp;<b>')
  expect(page).toContain('"><script>')
  expect(page).toContain('<i>head</i>')
})
