import ts from 'typescript'
import { describe, expect, test } from 'vitest'
import { listFiles, readText } from './sources.ts'

/** Gyrus works without a network; an address in it is either a namespace or this machine. */
const HARMLESS = /^https?:\/\/(www\.w3\.org\/|schemas\.openxmlformats\.org\/|127\.0\.0\.1|localhost\b|\[::1\])/
const ADDRESS = /https?:\/\/[\w[][^\s'"`<>)]*/g
/** Versions as in name@1.2.3 are no addresses of people: those end in letters. */
const EMAIL = /[\w.+-]+@[\w-]+(\.[\w-]+)*\.[a-z]{2,}\b/gi

function addresses(path: string, text: string): string[] {
  const shown = /\.m?[tj]s$/.test(path) ? literals(text) : text
  return (shown.match(ADDRESS) ?? []).filter((address) => !HARMLESS.test(address))
}

/** What the program can use: strings, but not comments, which may name the source of a formula. */
function literals(text: string): string {
  const found: string[] = []
  const visit = (node: ts.Node): void => {
    if (ts.isStringLiteralLike(node) || ts.isTemplateHead(node) || ts.isTemplateMiddleOrTemplateTail(node)) {
      found.push(node.text)
    }
    ts.forEachChild(node, visit)
  }
  visit(ts.createSourceFile('a.ts', text, ts.ScriptTarget.Latest))
  return found.join('\n')
}

const CODE = listFiles('src/**/*.{ts,svelte,html,css,svg,json}')
const TEXTS = [...CODE, ...listFiles('{scripts,test,docs}/**/*.{ts,mjs,md,json}'), ...listFiles('*.{md,json,ts,yml}')]

test('the program names no address in the network', () => {
  const found = CODE.flatMap((path) => addresses(path, readText(path)).map((address) => `${path}: ${address}`))
  expect(found).toEqual([])
})

test('no file holds an email address', () => {
  const found = TEXTS.flatMap((path) => (readText(path).match(EMAIL) ?? []).map((address) => `${path}: ${address}`))
  expect(found).toEqual([])
})

test('the lockfile names no registry, so that each machine uses its own', () => {
  expect(readText('package-lock.json')).not.toContain('"resolved"')
})

describe('an address is found', () => {
  const host = 'example.test'
  test.for([
    ['a.ts', `fetch('http://${host}/a')`, 1],
    ['a.ts', `const a = \`https://${host}/\${b}\``, 1],
    ['a.ts', `// see https://${host}/paper`, 0],
    ['a.svelte', `<a href="https://${host}">x</a>`, 1],
    ['a.ts', `document.createElementNS('http://www.w3.org/2000/svg', 'g')`, 0],
    ['a.ts', `const url = \`http://127.0.0.1:\${port}/\``, 0],
    ['a.ts', `const url = \`http://\${address}/\``, 0],
  ] as const)('%s: %s', ([path, text, count]) => {
    expect(addresses(path, text)).toHaveLength(count)
  })

  test('of a person', () => {
    expect(['a', 'b.test'].join('@').match(EMAIL)).toHaveLength(1)
    expect('node@24.21.0 @lucide/svelte'.match(EMAIL)).toBeNull()
  })
})
