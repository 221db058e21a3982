import { existsSync, readFileSync, statSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'
import type { Command } from 'commander'
import { beforeAll, describe, expect, it } from 'vitest'
import { anchorsOf, linksOf } from './support/anchors.ts'
import { codeOf } from './support/code.ts'
import { callIn, faultOf, gyrusProgram } from './support/commands.ts'
import { missingFile } from './support/files.ts'
import { type Page, ROOT, readPage, readPages } from './support/markdown.ts'

const pages = readPages()
const { scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { scripts: Record<string, string> }
const codes = pages.flatMap((page) => codeOf(page).map((piece) => ({ ...piece, at: `${page.path}:${piece.line}` })))

let program: Command
// All commands with what they load.
beforeAll(async () => {
  program = await gyrusProgram()
}, 120_000)

/** Why a link leads nowhere. */
function deadLink(page: Page, target: string): string | null {
  if (/^(https?|mailto):/.test(target)) return null
  const [file = '', anchor] = target.split('#')
  const path = file === '' ? page.path : normalize(join(dirname(page.path), decodeURI(file)))
  if (path.startsWith('..') || !existsSync(join(ROOT, path))) return `no file ${path}`
  if (anchor === undefined) return null
  if (statSync(join(ROOT, path)).isDirectory()) return `${path} is a folder`
  return anchorsOf(readPage(path)).has(decodeURIComponent(anchor)) ? null : `${path} has no heading #${anchor}`
}

describe('in README, change log and docs', () => {
  it('every link leads to a file, and every anchor to a heading', () => {
    const dead = pages.flatMap((page) =>
      linksOf(page).flatMap(({ target, line }) => {
        const why = deadLink(page, target)
        return why === null ? [] : [`${page.path}:${line}: ${why}`]
      }),
    )
    expect(dead).toEqual([])
  })

  it('every script of npm that is named exists', () => {
    const named = codes.flatMap(({ text, at }) =>
      [...text.matchAll(/npm run (?:-s )?([\w:-]+)/g)].map(([, name = '']) => ({ name, at })),
    )
    expect(named.length).toBeGreaterThan(20)
    expect(named.filter(({ name }) => !(name in scripts))).toEqual([])
  })

  it('every command line of gyrus could be run: its command, options and choices exist', () => {
    const calls = codes.flatMap(({ text, at }) => {
      const call = callIn(text)
      return call === null ? [] : [{ call, at }]
    })
    expect(calls.length).toBeGreaterThan(200)
    const faults = calls.map(({ call, at }) => ({ at, fault: faultOf(program, call) }))
    expect(faults.filter(({ fault }) => fault !== null)).toEqual([])
  })

  it('every file of the repository that code names exists', () => {
    const missing = codes.flatMap(({ text, at }) =>
      text.split(/\s+/).flatMap((word) => {
        const file = missingFile(word)
        return file === null ? [] : [`${at}: ${file}`]
      }),
    )
    expect(missing).toEqual([])
  })
})

describe('what looks through the pages', () => {
  const page: Page = {
    path: 'docs/security.md',
    text: '# Heading, *one*\n\n[a](nowhere.md) [b](model.md#nowhere) [c](#heading-one) `[d](code.md)`\n\n```sh\ngyrus cases \\\n  --json # no\n```',
  }

  it('finds links that lead nowhere, outside of code', () => {
    const found = linksOf(page).map(({ target }) => deadLink(page, target))
    expect(found).toEqual(['no file docs/nowhere.md', 'docs/model.md has no heading #nowhere', expect.anything()])
    expect(anchorsOf(page)).toEqual(new Set(['heading-one']))
  })

  it('takes a line that goes on as one, and stops at a comment', () => {
    expect(codeOf(page).map(({ text }) => text)).toEqual(['[d](code.md)', 'gyrus cases --json # no'])
    expect(faultOf(program, callIn('gyrus cases --json # --nothing') ?? '')).toBeNull()
  })

  it.for([
    ['gyrus clasify scans', 'gyrus takes no “clasify”'],
    ['gyrus classify scans --jsn', 'gyrus classify has no option --jsn'],
    ['GYRUS_TOKEN=x gyrus cases list', 'gyrus cases takes no “list”'],
    ['npm run -s gyrus -- audit head --daily', null],
    ['for k in 0 1; do gyrus train $SET --foold $k; done', 'gyrus train has no option --foold'],
    ['gyrus explain <file> --out map.png [--method cam|grad-cam]', '--method takes no “grad-cam”'],
    ['gyrus accounts list | add | forget', 'gyrus accounts has no forget'],
    ['gyrus dataset show NAME[@VERSION] [--json]', null],
  ] as const)('says of “%s”: %s', ([line, fault]) => {
    expect(faultOf(program, callIn(line) ?? '')).toBe(fault)
  })

  it.for([
    ['src/main/compose.ts', null],
    ['src/main/composed.ts', 'src/main/composed.ts'],
    ['listener/uids.ts', null],
    ['listener/uidz.ts', 'listener/uidz.ts'],
    ['docs/runs/efl0-2/a-f*/predictions.json', null],
    ['docs/runs/efl0-2/b-f*/predictions.json', 'docs/runs/efl0-2/b-f*/predictions.json'],
  ] as const)('says of the file %s: %s', ([word, missing]) => {
    expect(missingFile(word)).toBe(missing)
  })
})
