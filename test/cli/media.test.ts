import { spawnSync } from 'node:child_process'
import { copyFileSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import type { Zippable } from 'fflate'
import { describe, expect, it } from 'vitest'
import type { PassedOver } from '../../src/shared/passed-over.ts'
import { dicomFile, element } from '../engine/dicom/support/write.ts'
import { dicomdir } from '../engine/medium/support.ts'
import { temporaryFolder } from '../support/cleanup.ts'
import { missing, pathOf } from '../support/dicom-tools.ts'
import { picture, writePicture } from '../support/images.ts'
import { shared } from '../support/shared.ts'
import { text, writeZip } from '../support/zip.ts'

const main = join(import.meta.dirname, '..', '..', 'src', 'main', 'cli', 'main.ts')

interface Row {
  file: string
  status: string
  code?: string
}

interface PassedOverLine {
  status: 'passed-over'
  files: number
  kinds: PassedOver[]
}

interface SeriesLine {
  series: string
  deciding: string[]
}

function classify(...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [main, 'classify', '--json', ...args], {
    encoding: 'utf8',
  })
  const lines: (Row | PassedOverLine | SeriesLine)[] = stdout
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line))
  const rows = lines.filter((line): line is Row => 'file' in line)
  const series = lines.filter((line): line is SeriesLine => 'deciding' in line)
  return { status, stderr, rows, series, passedOver: lines.find((line): line is PassedOverLine => 'kinds' in line) }
}

/** Without a record: what tells it is its class, not its name. */
const directory = () => new Uint8Array(dicomdir([]))

/** What a hospital burns: slices without an extension, a directory, a viewer and papers. */
function burn(folder: string): { cd: string; slices: string[] } {
  const cd = join(folder, 'cd')
  mkdirSync(join(cd, 'DICOM', 'ST000000', 'SE000000'), { recursive: true })
  mkdirSync(join(cd, 'VIEWER'))
  const series = shared('dicom/series-t1')
  const names = series === null ? [] : readdirSync(series).slice(10, 13)
  const slices = (names.length > 0 ? names : ['1', '2', '3']).map((name, i) => {
    const path = join(cd, 'DICOM', 'ST000000', 'SE000000', `IM00000${i}`)
    if (series === null) writeFileSync(path, dicomFile({ 2621456: element(0x00280010, 'US', 64) }))
    else copyFileSync(join(series, name), path)
    return path
  })
  writeFileSync(join(cd, 'DICOMDIR'), directory())
  writeFileSync(join(cd, 'DICOM', 'INDEX'), directory())
  writeFileSync(join(cd, 'VIEWER', 'VIEWER.EXE'), 'MZ')
  writeFileSync(join(cd, 'VIEWER', 'LICENSE'), 'text')
  writeFileSync(join(cd, 'AUTORUN.INF'), '[autorun]')
  writeFileSync(join(cd, 'README'), 'text')
  return { cd, slices }
}

describe('gyrus classify, of what a hospital hands over', { timeout: 120_000 }, () => {
  it('finds the slices on a CD, and counts what is no image instead of failing on it', () => {
    const folder = temporaryFolder()
    const { cd, slices } = burn(folder)
    for (const log of [['--no-log'], []]) {
      const { status, rows, series, stderr, passedOver } = classify(cd, '--data-dir', join(folder, 'data'), ...log)
      expect(rows.map(({ file }) => file)).toEqual(slices)
      // Where nothing is kept there is nothing to put together.
      expect(series).toHaveLength(log.length > 0 || !shared('dicom/series-t1') ? 0 : 1)
      expect(status).toBe(0)
      expect(stderr).toContain('6 passed over: nothing to analyse in them, and no failures.')
      const place = (...names: string[]) => names.map((name) => join(cd, name))
      expect(passedOver).toEqual({
        status: 'passed-over',
        files: 6,
        kinds: [
          { kind: 'directory', files: 2, paths: place('DICOM/INDEX', 'DICOMDIR').toReversed() },
          {
            ...{ kind: 'other', files: 4 },
            paths: place('AUTORUN.INF', 'README', 'VIEWER/LICENSE', 'VIEWER/VIEWER.EXE'),
          },
        ],
      })
    }
    const { stderr } = spawnSync(process.execPath, [main, 'classify', cd, '--no-log'], { encoding: 'utf8' })
    expect(stderr).toContain(`  2 DICOMDIRs: ${join(cd, 'DICOMDIR')}, ${join(cd, 'DICOM', 'INDEX')}\n`)
    expect(stderr).toContain('  4 other files, no images: ')
    for (const json of [['--json'], []]) {
      const told = spawnSync(process.execPath, [main, 'batches', 'list', ...json, '--data-dir', join(folder, 'data')], {
        encoding: 'utf8',
      })
      const id = /[0-9a-f]{8}-[0-9a-f-]{27}/.exec(told.stdout)?.[0] as string
      const show = ['batches', 'show', id, ...json, '--data-dir', join(folder, 'data')]
      expect(spawnSync(process.execPath, [main, ...show], { encoding: 'utf8' }).stdout).toContain(
        json.length > 0 ? '"passedOverKinds":[{"kind":"directory","files":2' : '  2 DICOMDIRs: ',
      )
    }
  })

  it('passes over the directory that a toolkit wrote', ({ skip }) => {
    const folder = temporaryFolder()
    const { cd, slices } = burn(folder)
    const mkdir = spawnSync('dcmmkdir', ['+I', '+r', '+id', cd, '+D', join(cd, 'DICOMDIR'), '-Nxc', '-Pgp'], {
      encoding: 'utf8',
    })
    skip(mkdir.status !== 0, 'not run: dcmmkdir is not there, or does not take these files')
    expect(readFileSync(join(cd, 'DICOMDIR')).length).toBeGreaterThan(1_000)
    copyFileSync(join(cd, 'DICOMDIR'), join(cd, 'DICOM', 'INDEX'))
    expect(classify(cd, '--no-log').rows.map(({ file }) => file)).toEqual(slices)
    // Opened by itself it leads to the same.
    const byRecords = classify(join(cd, 'DICOMDIR'), '--no-log')
    expect(byRecords.rows.map(({ file }) => file).sort()).toEqual(slices)
    rmSync(slices[1] as string)
    const gone = classify(join(cd, 'DICOMDIR'), '--no-log')
    expect(gone.rows.filter(({ code }) => code === 'file-missing').map(({ file }) => file)).toEqual([slices[1]])
    expect(gone.rows.filter(({ status }) => status === 'analysed')).toHaveLength(2)
  })

  it('follows the directory that pydicom wrote, in a folder, by itself and in a ZIP file', ({ skip }) => {
    const reason = missing('dicomPython')
    skip(reason !== null, reason ?? '')
    const series = shared('dicom/series-t1')
    skip(series === null, 'not run: the shared series is not there')
    const folder = temporaryFolder()
    const medium = join(folder, 'medium')
    const files = readdirSync(series as string)
      .slice(0, 3)
      .map((name) => join(series as string, name))
    const script = join(import.meta.dirname, 'make_fileset.py')
    const burnt = spawnSync(pathOf('dicomPython'), [script, medium, ...files], { encoding: 'utf8' })
    expect(burnt.stderr).toBe('')
    const slices = (readdirSync(medium, { recursive: true, withFileTypes: true }) ?? [])
      .filter((one) => one.isFile() && one.name !== 'DICOMDIR')
      .map((one) => join(one.parentPath, one.name))
      .sort()
    expect(slices).toHaveLength(3)
    for (const chosen of [medium, join(medium, 'DICOMDIR')]) {
      const { rows } = classify(chosen, '--no-log')
      expect(rows.map(({ file }) => file).sort()).toEqual(slices)
      expect(rows.every(({ status }) => status === 'analysed')).toBe(true)
    }
    const packed = [...slices, join(medium, 'DICOMDIR')].map((path) => [
      path.slice(medium.length + 1),
      new Uint8Array(readFileSync(path)),
    ])
    const zip = writeZip(join(folder, 'medium.zip'), Object.fromEntries(packed))
    const { rows } = classify(zip, '--no-log')
    expect(rows.map(({ file, status }) => [file.slice(zip.length + 1), status]).sort()).toEqual(
      slices.map((path) => [path.slice(medium.length + 1), 'analysed']),
    )
  })

  it('takes a ZIP file like a folder, and tells bytes that come twice', async () => {
    const folder = temporaryFolder()
    const { slices } = burn(folder)
    const [first = '', second = ''] = slices
    const one = new Uint8Array(readFileSync(first))
    const files: Zippable = {
      'PAT/IM1': one,
      'PAT/IM2': new Uint8Array(readFileSync(second)),
      'PAT/COPY/IM1': one,
      'PAT/KEY.JPG': new Uint8Array(await picture(3).jpeg().toBuffer()),
      'PAT/BROKEN.PNG': text('no image'),
      '../../OUT.PNG': one,
      'MORE.ZIP': text('PK'),
      DICOMDIR: directory(),
      'VIEWER.EXE': text('MZ'),
      NOTES: text('text'),
    }
    const zip = writeZip(join(folder, 'Study.ZIP'), files)
    const logged = classify(zip, '--skip-seen', '--data-dir', join(folder, 'data'))
    const byName = new Map(logged.rows.map((row) => [row.file.slice(zip.length + 1), row]))
    expect([...byName.keys()].sort()).toEqual(
      ['../../OUT.PNG', 'MORE.ZIP', 'PAT/BROKEN.PNG', 'PAT/COPY/IM1', 'PAT/IM1', 'PAT/IM2', 'PAT/KEY.JPG'].sort(),
    )
    expect(byName.get('../../OUT.PNG')).toMatchObject({ status: 'failed', code: 'archive-path' })
    expect(byName.get('MORE.ZIP')).toMatchObject({ status: 'failed', code: 'archive-nested' })
    expect(byName.get('PAT/BROKEN.PNG')).toMatchObject({ status: 'failed', code: 'image-unsupported' })
    const states = ['PAT/IM1', 'PAT/COPY/IM1', 'PAT/IM2', 'PAT/KEY.JPG'].map((name) => byName.get(name)?.status)
    expect(states.filter((state) => state === 'skipped')).toHaveLength(1)
    expect(states.filter((state) => state === 'analysed')).toHaveLength(3)
    expect(logged.stderr).toContain('3 passed over')
    expect(logged.status).toBe(2)
    const cases = spawnSync(process.execPath, [main, 'cases', '--json', '--data-dir', join(folder, 'data')], {
      encoding: 'utf8',
    })
    // With the real slices, IM1 and IM2 are a series.
    if (logged.series.length > 0) expect(logged.series).toMatchObject([{ slices: 2 }])
    else expect(cases.stdout).toContain(`"${basename(zip)}/PAT/IM2"`)

    // The same without a record, read by the engine where they lie.
    const unlogged = classify(zip, '--no-log')
    expect(unlogged.rows.map(({ file }) => file)).toEqual(logged.rows.map(({ file }) => file))
    expect(unlogged.rows.filter(({ status }) => status === 'analysed')).toHaveLength(4)
  })

  it('opens a ZIP file in a folder, and says of one that is none, or has no image, what it is', async () => {
    const folder = temporaryFolder()
    const scans = join(folder, 'scans')
    mkdirSync(scans)
    const image = await writePicture(scans, 'a.png', 1)
    const zip = writeZip(join(scans, 'b.zip'), { 'c.png': new Uint8Array(readFileSync(image)) })
    writeFileSync(join(scans, 'torn.zip'), readFileSync(zip).subarray(0, 200))
    const empty = writeZip(join(folder, 'empty.zip'), { 'a.txt': text('text') })
    const { rows } = classify(scans, empty, '--no-log')
    expect(rows.map(({ file, code }) => [file, code])).toEqual([
      [image, undefined],
      [`${zip}/c.png`, undefined],
      [join(scans, 'torn.zip'), 'archive-damaged'],
      [empty, 'archive-empty'],
    ])
  })
})
