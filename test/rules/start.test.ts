import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { expect, test } from 'vitest'

/** Imports a source as every start does, and says which packages came along. */
const SCRIPT = `
import { registerHooks } from 'node:module'
const packages = new Set()
registerHooks({
  load(url, context, next) {
    const name = url.split('/node_modules/').at(-1)
    if (name !== url) packages.add(name.startsWith('@') ? name.split('/', 2).join('/') : name.split('/')[0])
    return next(url, context)
  },
})
await import(process.argv[1])
process.stdout.write(JSON.stringify([...packages]))
`

/** What makes documents or decodes takes a tenth of a second and more to load, and most starts never need it. */
const LATER = [
  'pdfkit',
  'fontkit',
  'qrcode-generator',
  'hucre',
  'dcmjs',
  'dcmjs-dimse',
  'sharp',
  'onnxruntime-node',
  's3mini',
  'pg-boss',
]

test('the core starts without the packages that few of its requests need', () => {
  const core = join(import.meta.dirname, '../../src/main/compose.ts')
  const loaded = JSON.parse(
    execFileSync(process.execPath, ['--input-type=module', '-e', SCRIPT, core], { encoding: 'utf8' }),
  )
  expect(loaded).toContain('kysely')
  expect(loaded.filter((name: string) => LATER.includes(name))).toEqual([])
})
