import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { packagesIn, superfluous } from '../../scripts/package/file-set.ts'
import type { Lock } from '../../scripts/shipped.ts'

const lock = JSON.parse(readFileSync(join(import.meta.dirname, '..', '..', 'package-lock.json'), 'utf8')) as Lock
const here = { platform: 'linux', arch: 'x64' }

test.for([
  ['dist/electron/main.js', null],
  ['node_modules/zod/index.js', null],
  ['node_modules/@img/sharp-linux-x64/lib/sharp-linux-x64.node', null],
  ['node_modules/better-sqlite3/prebuilds/linux-x64.node', null],
  ['src/main/compose.ts', 'sources and tests of ours'],
  ['node_modules/zod/index.d.ts', 'sources in TypeScript'],
  ['node_modules/zod/index.js.map', 'source maps'],
  ['node_modules/better-sqlite3/prebuilds/win32-x64.node', 'for another machine'],
  ['node_modules/better-sqlite3/prebuilds/linux-arm64.node', 'for another machine'],
  ['node_modules/onnxruntime-node/bin/napi-v6/darwin/arm64/libonnxruntime.1.dylib', 'for another machine'],
  ['node_modules/vitest/package.json', 'a package that does not ship'],
  ['node_modules/zod/node_modules/vitest/a.js', 'a package that does not ship'],
  ['node_modules/node/bin/node', 'another copy of Node'],
] as const)('%s: %s', ([file, reason]) => {
  const found = superfluous([file], lock, here)
  if (reason === null) expect(found).toEqual([])
  else expect(found).toContain(`${file}: ${reason}`)
})

test('packages that a bundle loads are told from text in it', () => {
  const code = `import a from "zod";\nimport "fflate";\nimport { b } from "node:fs"\nconst c = await import("sharp");\nconst text = \`from "
\`; const d = import("./own.js"); import e from "@node-rs/argon2"; import { app } from "electron"`
  expect(packagesIn([code])).toEqual(['@node-rs/argon2', 'fflate', 'sharp', 'zod'])
})
