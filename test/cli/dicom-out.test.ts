import { spawnSync } from 'node:child_process'
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { loadDictionary } from '../../src/main/engine/deidentify/dictionary.ts'
import { find, textsOf } from '../../src/main/engine/deidentify/element.ts'
import { readFile } from '../../src/main/engine/deidentify/file.ts'
import { openReadStore } from '../../src/main/store/index.ts'
import { auditQuerySchema } from '../../src/shared/audit.ts'
import { caseCode } from '../../src/shared/case-code.ts'
import { temporaryFolder } from '../support/cleanup.ts'
import { openPaths, openTestCore } from '../support/core.ts'
import { complaints, missing } from '../support/dicom-tools.ts'
import { needsShared } from '../support/needs-shared.ts'
import { shared } from '../support/shared.ts'

const main = join(import.meta.dirname, '..', '..', 'src', 'main', 'cli', 'main.ts')
const gyrus = (...args: string[]) => spawnSync(process.execPath, [main, ...args], { encoding: 'utf8' })
const SERIES = shared('dicom/series-t1')
const slice = (n: number) => join(SERIES as string, `N2D_0${n}.dcm`)

const textOf = async (path: string, tag: number) =>
  textsOf(find(readFile(readFileSync(path), await loadDictionary()).elements, tag))[0]

async function objectsOnRecord(dataDir: string, caseId: string) {
  const store = openReadStore(join(dataDir, 'gyrus.sqlite'))
  try {
    const query = auditQuerySchema.parse({ subject: caseId, acts: ['case.objects-made'] })
    return (await store.listAudit(query, null, 10)).entries.flatMap(({ detail }) => JSON.parse(detail).objects)
  } finally {
    await store.close()
  }
}

needsShared(SERIES)
it.skipIf(SERIES === null)(
  'writes the result of a signed case as DICOM, and nothing over other files',
  async () => {
    const folder = temporaryFolder()
    const dataDir = join(folder, 'data')
    const { core, close } = await openTestCore(dataDir)
    const [opened] = await openPaths(core, slice(240))
    const caseId = opened?.caseId as string
    // Without accounts, so that the command asks for none.
    await core.store.review({ caseId, reader: 'Dr Test', verdict: 'agree', label: null, comment: '' })
    await close()
    const out = join(folder, 'out')
    const objects = (...args: string[]) =>
      gyrus('cases', 'objects', caseCode(caseId), '--out', out, '--data-dir', dataDir, ...args)
    const unsigned = objects()
    expect([unsigned.status, unsigned.stderr]).toEqual([1, expect.stringContaining('[objects-not-signed]')])
    expect(existsSync(out)).toBe(false)

    const { core: again, close: closeAgain } = await openTestCore(dataDir)
    const [verdict] = (await again.store.getCase(caseId)).verdicts
    await again.store.sign({ caseId, verdictId: verdict?.id as number, reader: 'Dr Test' })
    await closeAgain()
    const written = objects('--json')
    const files = [join(out, 'report.dcm'), join(out, 'picture.dcm')]
    expect(JSON.parse(written.stdout)).toEqual({ case: caseId, files })
    for (const file of files) {
      expect(await textOf(file, 0x0020_000d)).toBe(await textOf(slice(240), 0x0020_000d))
      if (!missing('dciodvfy')) expect(complaints(readFileSync(file)).errors).toEqual([])
    }
    const onRecord = await objectsOnRecord(dataDir, caseId)
    const taken = objects()
    expect([taken.status, taken.stderr]).toEqual([1, expect.stringContaining('[output-unwritable]')])
    expect(onRecord).toHaveLength(2)
    expect(await objectsOnRecord(dataDir, caseId)).toEqual(onRecord)
  },
  120_000,
)

it.skipIf(SERIES === null)(
  'copies images without their patient, tells what it did, and refuses the rest',
  async () => {
    const folder = temporaryFolder()
    const given = join(folder, 'Doe Jane')
    mkdirSync(join(given, 'more'), { recursive: true })
    copyFileSync(slice(240), join(given, 'IM1'))
    copyFileSync(slice(252), join(given, 'more', 'IM2.dcm'))
    writeFileSync(join(given, 'cut.dcm'), readFileSync(slice(240)).subarray(0, 5000))
    writeFileSync(join(given, 'notes.txt'), 'Jane Doe')
    const out = join(folder, 'out')
    const made = gyrus('deidentify', given, join(folder, 'none.dcm'), '--out', out, '--json')
    expect(made.status).toBe(2)
    const told = JSON.parse(made.stdout)
    expect(told.copied).toEqual([
      { file: join(given, 'IM1'), copy: '000001.dcm', warnings: ['text-not-stated', 'face'] },
      { file: join(given, 'more', 'IM2.dcm'), copy: '000002.dcm', warnings: ['text-not-stated', 'face'] },
    ])
    expect(told.refused.map(({ file, code }: { file: string; code: string }) => [file, code])).toEqual([
      [join(given, 'cut.dcm'), 'deidentify-unreadable'],
      [join(given, 'notes.txt'), 'deidentify-unreadable'],
      [join(folder, 'none.dcm'), 'file-missing'],
    ])
    expect(told.attributes).toContainEqual({
      tag: '(0010,0030)',
      keyword: 'PatientBirthDate',
      act: 'emptied',
      count: 2,
    })

    expect(readdirSync(out)).toEqual(['000001.dcm', '000002.dcm'])
    const copies = told.copied.map(({ copy }: { copy: string }) => join(out, copy))
    // Together in one series, which is another one.
    const series = await Promise.all([...copies, slice(240)].map((path) => textOf(path, 0x0020_000e)))
    expect(series[0]).toBe(series[1])
    expect(series[0]).not.toBe(series[2])
    for (const copy of copies) {
      const bytes = readFileSync(copy).toString('latin1')
      for (const secret of ['Jane', 'Doe', series[2] as string]) expect(bytes).not.toContain(secret)
    }

    const full = gyrus('deidentify', given, '--out', out)
    expect([full.status, full.stderr]).toEqual([1, expect.stringContaining('[deidentify-out-not-empty]')])
    const other = join(folder, 'other')
    const one = gyrus('deidentify', join(given, 'IM1'), '--out', other)
    expect(one.status).toBe(0)
    for (const text of ['1 file copied', 'PatientName', 'Warning, 1 file: ']) expect(one.stdout).toContain(text)
    // Another export has nothing in common with the first.
    expect(await textOf(join(other, '000001.dcm'), 0x0020_000e)).not.toBe(series[0])
  },
  120_000,
)

it('says what it cannot do where nothing is left', () => {
  const folder = temporaryFolder()
  writeFileSync(join(folder, 'file'), 'x')
  const nowhere = gyrus('deidentify', join(folder, 'file'), '--out', join(folder, 'file'))
  expect([nowhere.status, nowhere.stderr]).toEqual([1, expect.stringContaining('[output-unwritable]')])
  const none = gyrus('deidentify', join(folder, 'file'), '--out', join(folder, 'out'))
  expect([none.status, none.stdout]).toEqual([2, expect.stringContaining('0 files copied')])
}, 60_000)
