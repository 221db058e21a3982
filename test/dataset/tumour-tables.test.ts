import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { readBoxTable, readTumourTable } from '../../src/main/engine/dataset/tables.ts'
import { temporaryFolder } from '../support/cleanup.ts'
import { shared } from '../support/shared.ts'
import { write } from './support.ts'

async function table(text: string): Promise<string> {
  const folder = temporaryFolder()
  await write(folder, { 'table.csv': text })
  return join(folder, 'table.csv')
}

const NOT_RUN = 'not run: the shared data folder is not there (GYRUS_SHARED)'

describe('a table of tumours of unknown type', () => {
  it('has groups, and boxes where they are known', async () => {
    const path = await table(
      'file,group,cx,cy,w,h\na.jpg,5,0.41,.45,0.23,0.9\nsub/b.jpg,5,,,,\nc.jpg,x7,0,0,0.01,0.02\n',
    )
    expect(await readTumourTable(path)).toEqual([
      { file: 'a.jpg', path: join(path, '../a.jpg'), group: '5', box: { cx: 0.41, cy: 0.45, w: 0.23, h: 0.9 } },
      { file: 'sub/b.jpg', path: join(path, '../sub/b.jpg'), group: '5', box: null },
      { file: 'c.jpg', path: join(path, '../c.jpg'), group: 'x7', box: { cx: 0, cy: 0, w: 0.01, h: 0.02 } },
    ])
    expect(await readTumourTable(await table('group,file\n5,a.jpg'))).toMatchObject([{ group: '5', box: null }])
  })

  it.for([
    ['a.jpg,5,0.4,0.4,0.2,', 'h “”'],
    ['a.jpg,5,0.4,0.4,0,0.2', 'w is 0'],
    ['a.jpg,5,1.4,0.4,0.2,0.2', 'cx “1.4”'],
    ['a.jpg,5,-0.1,0.4,0.2,0.2', 'cx “-0.1”'],
    ['a.jpg,5,1e-1,0.4,0.2,0.2', 'cx “1e-1”'],
    ['a.jpg,5,0.4,0.95,0.2,0.2', 'sticks out'],
    ['a.jpg,,0.4,0.4,0.2,0.2', 'no group'],
    [',5,0.4,0.4,0.2,0.2', 'no file'],
    ['b.jpg,5,0.4,0.4,0.2,0.2', 'twice'],
  ] as const)('with a line like %s is refused with its number', async ([line, reason]) => {
    const path = await table(`file,group,cx,cy,w,h\nb.jpg,1,,,,\n${line}\n`)
    await expect(readTumourTable(path)).rejects.toMatchObject({
      code: 'dataset-csv-row',
      details: { line: 3, reason: expect.stringContaining(reason) },
    })
  })

  it('with other columns or nothing in it is refused', async () => {
    await expect(readTumourTable(await table('file,class\na.jpg,glioma'))).rejects.toMatchObject({
      code: 'dataset-csv-columns',
    })
    await expect(readTumourTable(await table('file,group\n'))).rejects.toMatchObject({ code: 'folder-empty' })
  })

  it('reads the shared one', async ({ skip }) => {
    const path = shared('datasets/other-sequences/tumours.csv')
    if (!path) return skip(NOT_RUN)
    const images = await readTumourTable(path)
    expect(images).toHaveLength(501)
    expect(new Set(images.map(({ group }) => group)).size).toBe(83)
    expect(images[0]).toMatchObject({ file: 'b-y102.jpg', group: '5', box: { cx: 0.41, cy: 0.45, w: 0.23, h: 0.23 } })
    expect(images.some(({ box }) => box === null)).toBe(true)
    expect(images.filter((image) => !existsSync(image.path))).toEqual([])
  })
})

describe('a table of tumours with boxes', () => {
  it('has classes and boxes', async () => {
    const path = await table('file,class,cx,cy,w,h\np/1.jpg,pituitary_tumor,0.37,0.52,0.08,0.07\n')
    const box = { cx: 0.37, cy: 0.52, w: 0.08, h: 0.07 }
    expect(await readBoxTable(path)).toEqual([
      { file: 'p/1.jpg', path: join(path, '../p/1.jpg'), label: 'pituitary', box },
    ])
  })

  it.for([
    ['a.jpg,glioma,,,,', 'no box'],
    ['a.jpg,astrocytoma,0.4,0.4,0.2,0.2', 'astrocytoma'],
  ] as const)('with a line like %s is refused', async ([line, reason]) => {
    await expect(readBoxTable(await table(`file,class,cx,cy,w,h\n${line}\n`))).rejects.toMatchObject({
      code: 'dataset-csv-row',
      details: { line: 2, reason: expect.stringContaining(reason) },
    })
  })

  it('reads the shared one', async ({ skip }) => {
    const path = shared('datasets/tumor-boxes/boxes.csv')
    if (!path) return skip(NOT_RUN)
    const images = await readBoxTable(path)
    expect(images).toHaveLength(563)
    expect(images[0]).toMatchObject({ file: 'pituitary/1208.jpg', label: 'pituitary', box: { w: 0.08, h: 0.07 } })
    expect(images.filter((image) => !existsSync(image.path))).toEqual([])
  })
})
