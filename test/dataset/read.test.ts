import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { readTable } from '../../src/main/engine/dataset/csv.ts'
import { matchLabel, matchSplit } from '../../src/main/engine/dataset/names.ts'
import { readDataset } from '../../src/main/engine/dataset/read.ts'
import type { DatasetSource } from '../../src/shared/dataset.ts'
import { temporaryFolder } from '../support/cleanup.ts'
import { write } from './support.ts'

/** Files that are there; reading a set does not open its images. */
async function folderWith(...files: string[]): Promise<string> {
  const folder = temporaryFolder()
  await write(folder, Object.fromEntries(files.map((file) => [file, ''])))
  return folder
}

async function table(text: string): Promise<string> {
  const folder = temporaryFolder()
  await write(folder, { 'set.csv': text })
  return join(folder, 'set.csv')
}

async function failureOf(source: DatasetSource): Promise<{ code: string; message: string }> {
  return readDataset(source).then(
    () => expect.fail('it was read'),
    (error) => ({ code: error.code, message: error.message }),
  )
}

describe('names', () => {
  it.for([
    ['notumor', 'notumor'],
    ['no_tumor', 'notumor'],
    ['No Tumour', 'notumor'],
    ['no', 'notumor'],
    ['normal', 'notumor'],
    ['glioma', 'glioma'],
    ['glioma_tumor', 'glioma'],
    ['Meningioma-Tumors', 'meningioma'],
    ['pituitary_tumor', 'pituitary'],
    ['Pituitary', 'pituitary'],
    ['yes', undefined],
    ['tumor', undefined],
    ['nothing', undefined],
    ['glioma2', undefined],
  ] as const)('the label of %s is %s', ([name, label]) => {
    expect(matchLabel(name)).toBe(label)
  })

  it.for([
    ['Training', 'training'],
    ['train', 'training'],
    ['TEST', 'testing'],
    ['Testing', 'testing'],
    ['valid', 'validation'],
    ['protest', undefined],
  ] as const)('the side of %s is %s', ([name, split]) => {
    expect(matchSplit(name)).toBe(split)
  })
})

describe('a folder tree', () => {
  it('has its sides and labels from its folders', async () => {
    const folder = await folderWith('Train/glioma_tumor/b.jpg', 'Train/no/sub/a.PNG', 'test/no_tumor/c.jpeg')
    await write(folder, { 'patients.csv': '', 'Train/glioma_tumor/notes.txt': '', 'Train/no/.hidden.jpg': '' })
    const found = await readDataset({ path: folder })
    expect(found.map(({ file, label, split }) => [file, label, split])).toEqual([
      ['Train/glioma_tumor/b.jpg', 'glioma', 'training'],
      ['Train/no/sub/a.PNG', 'notumor', 'training'],
      ['test/no_tumor/c.jpeg', 'notumor', 'testing'],
    ])
    expect(found[0]?.path).toBe(join(folder, 'Train/glioma_tumor/b.jpg'))
  })

  it('without sides is one', async () => {
    const folder = await folderWith('glioma/a.jpg', 'pituitary/b.jpg')
    expect((await readDataset({ path: folder })).map(({ split }) => split)).toEqual([null, null])
  })

  it('with unknown folders is refused with a list of them', async () => {
    const tree = await folderWith('glioma/a.jpg', 'yes/b.jpg', 'other/c.jpg')
    expect(await failureOf({ path: tree })).toEqual({
      code: 'dataset-folders-unknown',
      message: expect.stringContaining(': other, yes.'),
    })
    const divided = await folderWith('Training/glioma/a.jpg', 'Testing/astrocytoma/b.jpg', 'extra/c.jpg')
    expect((await failureOf({ path: divided })).message).toContain('extra, Testing/astrocytoma')
    const many = await folderWith(...Array.from({ length: 12 }, (_, i) => `class${i}/a.jpg`))
    expect((await failureOf({ path: many })).message).toContain('and 4 more')
  })

  it('with images outside of its class folders is refused', async () => {
    const failure = await failureOf({ path: await folderWith('glioma/a.jpg', 'lost.jpg') })
    expect(failure).toEqual({ code: 'dataset-unlabelled', message: expect.stringContaining('lost.jpg') })
    expect(await failureOf({ path: await folderWith('Train/glioma/a.jpg', 'Train/b.jpg') })).toMatchObject({
      code: 'dataset-unlabelled',
    })
  })

  it('without images, or that is not there, says so', async () => {
    const folder = temporaryFolder()
    mkdirSync(join(folder, 'glioma'))
    expect(await failureOf({ path: folder })).toMatchObject({ code: 'folder-empty' })
    expect(await failureOf({ path: join(folder, 'gone') })).toMatchObject({ code: 'file-missing' })
  })
})

describe('a table', () => {
  it('has files, classes, patients and dates', async () => {
    const path = await table(
      '\uFEFFFile,Class,date,Patient\r\n"a, b.jpg",no,2026-01-31,"O""Neil"\r\n\r\nx/c.jpg,glioma,,\r\n',
    )
    expect(await readDataset({ path })).toEqual([
      {
        file: 'a, b.jpg',
        path: join(path, '../a, b.jpg'),
        label: 'notumor',
        split: null,
        patient: 'O"Neil',
        date: '2026-01-31',
        fold: null,
      },
      {
        file: 'x/c.jpg',
        path: join(path, '../x/c.jpg'),
        label: 'glioma',
        split: null,
        patient: null,
        date: null,
        fold: null,
      },
    ])
  })

  it('of a spreadsheet with semicolons is read, too', async () => {
    const found = await readDataset({ path: await table('file;class;split\na.jpg;glioma;Test\n') })
    expect(found).toMatchObject([{ file: 'a.jpg', label: 'glioma', split: 'testing' }])
  })

  it.for([
    ['file,label\na.jpg,glioma', 'missing: class; not expected: label'],
    ['file,class,age\na.jpg,glioma,3', 'not expected: age'],
    ['file,class,class\na.jpg,glioma,no', 'not expected: class'],
    ['a.jpg,glioma', 'missing: file, class; not expected: a.jpg, glioma'],
    ['', 'missing: file, class'],
  ] as const)('with the wrong columns is refused by their names: %s', async ([text, reason]) => {
    const failure = await failureOf({ path: await table(text) })
    expect(failure).toEqual({ code: 'dataset-csv-columns', message: expect.stringContaining(`(${reason})`) })
    expect(failure.message).toContain('file, class, [patient], [date]')
  })

  it.for([
    ['a.jpg', 'Line 3', 'it has 1 cells'],
    ['a.jpg,astrocytoma,,', 'Line 3', 'astrocytoma'],
    ['a.jpg,glioma,,31.1.2026', 'Line 3', '31.1.2026'],
    ['a.jpg,glioma,,2026-02-30', 'Line 3', '2026-02-30'],
    [',glioma,,', 'Line 3', 'no file'],
    ['first.jpg,glioma,,', 'Line 3', 'twice'],
    ['"a.jpg,glioma,,', 'Line 3', 'quote'],
    ['a"b.jpg,glioma,,', 'Line 3', 'quote'],
  ] as const)('with a line like %s is refused with its number', async ([line, where, reason]) => {
    const failure = await failureOf({ path: await table(`file,class,patient,date\nfirst.jpg,no,"p\tq",\n${line}\n`) })
    expect(failure.code).toBe('dataset-csv-row')
    expect(failure.message).toContain(where)
    expect(failure.message).toContain(reason)
  })

  it('counts the lines of cells that hold line ends', async () => {
    const path = await table('file,note\na,"two\nlines"\n\nb,c')
    const rows = await readTable(path, { required: ['file'], optional: ['note'] })
    expect(rows.map(({ line, cells }) => [line, cells.file, cells.note])).toEqual([
      [2, 'a', 'two\nlines'],
      [5, 'b', 'c'],
    ])
  })
})

describe('a map', () => {
  const labels = async (source: DatasetSource) =>
    (await readDataset(source)).map(({ file, label, split }) => [file, label, split])

  it('names folders by their name or their place, and leaves out what is to be skipped', async () => {
    const path = await folderWith('Train/astro/a.jpg', 'Train/no/b.jpg', 'Test/astro/c.jpg', 'Test/junk/d.jpg')
    const map = { astro: 'glioma', 'Test/astro': 'meningioma', junk: 'skip' } as const
    expect(await labels({ path, map })).toEqual([
      ['Test/astro/c.jpg', 'meningioma', 'testing'],
      ['Train/astro/a.jpg', 'glioma', 'training'],
      ['Train/no/b.jpg', 'notumor', 'training'],
    ])
  })

  it('stands above the usual names, and takes in or leaves out what lies beside the sides', async () => {
    const path = await folderWith('Train/glioma/a.jpg', 'Test/glioma/b.jpg', 'more/c.jpg', 'old/d.jpg')
    const map = { Test: 'skip', 'Train/glioma': 'pituitary', more: 'glioma', old: 'skip' } as const
    expect(await labels({ path, map })).toEqual([
      ['Train/glioma/a.jpg', 'pituitary', 'training'],
      ['more/c.jpg', 'glioma', null],
    ])
  })

  it('names the classes of a table and of its patients', async () => {
    const path = await table('file,class\na.jpg,astro\nb.jpg,?\nc.jpg,no')
    const patients = await table('file,patient,class\na.jpg,P1,astro\nb.jpg,P2,?')
    const map = { astro: 'glioma', '?': 'skip' } as const
    expect(await labels({ path, patients, map })).toEqual([
      ['a.jpg', 'glioma', null],
      ['c.jpg', 'notumor', null],
    ])
    expect((await failureOf({ path })).message).toContain('--map')
  })

  it('with a name that nothing has is refused', async () => {
    const path = await folderWith('glioma/a.jpg', 'no/b.jpg')
    expect(await failureOf({ path, map: { no: 'skip', asto: 'glioma', none: 'skip' } })).toEqual({
      code: 'dataset-map-unused',
      message: expect.stringContaining(': asto, none.'),
    })
  })

  it('that leaves nothing over says so', async () => {
    const path = await folderWith('glioma/a.jpg')
    expect(await failureOf({ path, map: { glioma: 'skip' } })).toMatchObject({ code: 'folder-empty' })
  })
})

describe('a table of patients', () => {
  const tree = () => folderWith('Training/glioma/a.jpg', 'Testing/no/b.jpg')

  it('joins by file; rows of other images are passed over', async () => {
    const rows = ['Training/glioma/a.jpg,glioma_tumor,P1,3', 'Testing/no/b.jpg,no,,0', 'Testing/no/gone.jpg,no,P9,1']
    const patients = await table(`file,class,patient,fold\n${rows.join('\n')}\n`)
    const found = await readDataset({ path: await tree(), patients })
    expect(found.map(({ file, patient, fold }) => [file, patient, fold])).toEqual([
      ['Testing/no/b.jpg', null, 0],
      ['Training/glioma/a.jpg', 'P1', 3],
    ])
  })

  it.for([
    ['file,fold\nTraining/glioma/a.jpg,1', 'dataset-csv-columns'],
    ['file,patient,fold\nTraining/glioma/a.jpg,P1,first', 'dataset-csv-row'],
    ['file,patient,class\nTraining/glioma/a.jpg,P1,no', 'dataset-csv-row'],
    ['file,patient\nelsewhere/a.jpg,P1', 'dataset-patients-unrelated'],
  ] as const)('that cannot be right is refused: %s', async ([text, code]) => {
    expect(await failureOf({ path: await tree(), patients: await table(text) })).toMatchObject({ code })
  })

  it('that is not there is refused', async () => {
    const path = await tree()
    expect(await failureOf({ path, patients: join(path, 'no.csv') })).toMatchObject({ code: 'file-missing' })
  })
})
