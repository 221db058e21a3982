import { describe, expect, test } from 'vitest'
import { cycles, unreached, violations } from './graph.ts'
import { IMPORT_RULES } from './import-table.ts'
import { type Source, toSource } from './sources.ts'

/** The rules are only worth something if they fail when they are broken. */
describe('imports are found', () => {
  test.for([
    ['a declaration', `import { a } from './x.ts'`],
    ['a bare one', `import './x.ts'`],
    ['only a type', `import type { A } from './x.ts'`],
    ['a type in place', `let a: import('./x.ts').A`],
    ['an export', `export * from './x.ts'`],
    ['a call', `const a = await import('./x.ts')`],
    ['a require', `const a = require('./x.ts')`],
    ['after a template with an import in it', 'const a = `import "./y.ts"`\nimport "./x.ts"'],
  ] as const)('%s', ([, text]) => {
    expect(toSource('src/a/b.ts', text).imports).toEqual(['src/a/x.ts'])
  })

  test.for([
    ['the script', `<script lang="ts">import type { A } from './x.ts'\nlet a: A = $state()</script>{a}`],
    ['the module script', `<script lang="ts" module>export { a } from './x.ts'</script>`],
    ['the markup', `{#await import('./x.ts') then x}{x}{/await}`],
    ['a file by its address', `<script>import a from './x.ts?url'</script>{a}`],
  ] as const)('in a component: %s', ([, text]) => {
    expect(toSource('src/a/B.svelte', text).imports).toEqual(['src/a/x.ts'])
  })
})

describe('forbidden imports are named', () => {
  test.for([
    ['src/shared/a.ts', 'node:fs'],
    ['src/shared/a.ts', '../main/core/index.ts'],
    ['src/main/core/a.ts', 'electron'],
    ['src/main/core/a.ts', 'node:http'],
    ['src/main/core/a.ts', 'child_process'],
    ['src/main/core/a.ts', '../store/open.ts'],
    ['src/main/core/a.ts', '../engine/decode/index.ts'],
    ['src/main/core/a.ts', 'hono/cookie'],
    ['src/main/store/a.ts', '../core/index.ts'],
    ['src/main/engine/a.ts', '../store/types.ts'],
    ['src/main/engine/a.ts', 'better-sqlite3'],
    ['src/main/electron/preload.ts', './main.ts'],
    ['src/renderer/a.ts', '../main/core/index.ts'],
    ['src/renderer/a.ts', 'node:path'],
    ['src/renderer/a.ts', 'sveltekit'],
    ['src/elsewhere/a.ts', './b.ts'],
    ['src/main/core/a.ts', '../../../scripts/tools.ts'],
    ['src/main/core/a.ts', '../../../../x.ts'],
  ] as const)('%s: %s', ([path, target]) => {
    expect(violations([toSource(path, `import '${target}'`)], IMPORT_RULES)).toHaveLength(1)
  })

  test.for([
    ['src/main/core/cases/a.ts', '../../store/types.ts'],
    ['src/main/core/a.ts', 'node:fs/promises'],
    ['src/main/store/a.ts', 'kysely/migration'],
    ['src/renderer/a.svelte.ts', '@lucide/svelte/icons/x'],
  ] as const)('and others are not: %s: %s', ([path, target]) => {
    expect(violations([toSource(path, `import '${target}'`)], IMPORT_RULES)).toEqual([])
  })
})

const source = (path: string, ...imports: string[]): Source => ({ path, text: '', imports })

test('a cycle is found, also one that an earlier path leads into', () => {
  const found = cycles([source('a', 'b', 'c'), source('b', 'c'), source('c', 'd'), source('d', 'b'), source('e', 'e')])
  expect(found).toEqual(['b → c → d → b', 'e → e'])
})

test('files that only reach each other are not reached', () => {
  expect(unreached([source('a', 'b'), source('b'), source('c', 'd'), source('d', 'c')], ['a'])).toEqual(['c', 'd'])
})
