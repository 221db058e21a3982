import { strFromU8, unzipSync } from 'fflate'
import { expect, it } from 'vitest'
import type { Cell } from '../../src/main/core/batches/export/table.ts'
import { toXlsx } from '../../src/main/core/batches/export/xlsx.ts'

async function* tableWith(rows: Cell[][]): AsyncGenerator<Cell[][]> {
  yield rows
}

async function sheetOf(rows: Cell[][]): Promise<string> {
  const chunks: Uint8Array[] = []
  for await (const chunk of toXlsx(tableWith(rows))) chunks.push(chunk)
  const sheet = unzipSync(Buffer.concat(chunks))['xl/worksheets/sheet1.xml']
  return strFromU8(sheet ?? new Uint8Array())
}

it('keeps numbers numbers and texts texts, whatever they look like', async () => {
  const sheet = await sheetOf([['=1+1', '007', 0.25, null, '1e3']])
  for (const [place, text] of [
    ['A1', '=1+1'],
    ['B1', '007'],
    ['E1', '1e3'],
  ])
    expect(sheet).toContain(`<c r="${place}" t="inlineStr"><is><t>${text}</t></is></c>`)
  expect(sheet).toContain('<c r="C1"><v>0.25</v></c>')
  expect(sheet).not.toContain('<f>')
})

it('writes nothing that is no XML, or that Excel would take for something else', async () => {
  const sheet = await sheetOf([['<&> \u0000 \uffff \ud800 _x0041_']])
  expect(sheet).toContain('&lt;&amp;&gt; _x0000_ \ufffd \ufffd _x005F_x0041_')
})

it('stops reading where a download is broken off', async () => {
  let stopped = false
  async function* endless(): AsyncGenerator<Cell[][]> {
    try {
      for (let row = 0; ; row += 1) yield [[row, `${Math.random()}`]]
    } finally {
      stopped = true
    }
  }
  for await (const chunk of toXlsx(endless())) if (chunk.length > 0) break
  await expect.poll(() => stopped).toBe(true)
})

it('fails where its table does, instead of ending early', async () => {
  async function* broken(): AsyncGenerator<Cell[][]> {
    yield [['No.']]
    throw new Error('record gone')
  }
  await expect(async () => {
    for await (const chunk of toXlsx(broken())) expect(chunk.length).toBeGreaterThan(0)
  }).rejects.toThrow('record gone')
})
