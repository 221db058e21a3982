import { join } from 'node:path'
import { parseArgs } from 'node:util'
import type { Bench } from './contract.ts'
import { ROOT } from './machine.ts'

export const USAGE = `npm run bench -- [NAME…] [SIZE=NUMBER…] [--into FOLDER] [--small]
  NAME           a bench; all where none is named
  SIZE=NUMBER    another size than usual, for the benches that have it, e.g. cases=20000
  --into FOLDER  leaves bench.json and bench.md there instead of in docs
  --small        sizes that only show that all of it works; with --into alone
  --render       writes bench.md anew from bench.json, and measures nothing
  --list         tells what there is`

export interface Call {
  act: 'measure' | 'render' | 'list'
  into: string
  small: boolean
  benches: Bench[]
  sizes: Record<string, number>
}

const OPTIONS = {
  into: { type: 'string' },
  small: { type: 'boolean' },
  render: { type: 'boolean' },
  list: { type: 'boolean' },
} as const

/** What a command line asks for. @throws where it cannot be done, before anything is measured */
export function readCall(args: string[], all: readonly Bench[]): Call {
  const { values, positionals } = parseArgs({ args, options: OPTIONS, allowPositionals: true })
  const { into = join(ROOT, 'docs'), small = false } = values
  if (small && values.into === undefined) throw new Error('--small is no figure for docs: it needs --into FOLDER')
  const benches = chosenIn(positionals, all)
  const act = values.list ? 'list' : values.render ? 'render' : 'measure'
  return { act, into, small, benches, sizes: sizesIn(positionals, benches) }
}

function chosenIn(given: string[], all: readonly Bench[]): Bench[] {
  const names = given.filter((one) => !one.includes('='))
  const unknown = names.filter((name) => !all.some((bench) => bench.name === name))
  if (unknown.length > 0) throw new Error(`there is no bench ${unknown.join(', ')}; --list tells which there are`)
  return all.filter(({ name }) => names.length === 0 || names.includes(name))
}

function sizesIn(given: string[], benches: Bench[]): Record<string, number> {
  const sizes: Record<string, number> = {}
  for (const [name = '', text] of given.filter((one) => one.includes('=')).map((one) => one.split('='))) {
    if (!benches.some((bench) => name in bench.sizes)) throw new Error(`no bench called for has a size “${name}”`)
    const value = Number(text)
    if (!(value > 0)) throw new Error(`${name}=${text}: it is a number above 0`)
    sizes[name] = value
  }
  return sizes
}

/** What there is, for a terminal. */
export function listOf(benches: readonly Bench[]): string {
  const each = benches.map(({ name, question, sizes, minutes }) => {
    const own = Object.entries(sizes).map(([size, { what, usual }]) => `    ${size}=${usual}  ${what}\n`)
    return `${name} (some ${minutes} min)\n    ${question}\n${own.join('')}`
  })
  const all = benches.reduce((sum, { minutes }) => sum + minutes, 0)
  return `${each.join('\n')}\nall together: some ${Math.round(all)} minutes on two cores`
}
