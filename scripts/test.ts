/**
 * Everything that `npm test` does. Ends with one line alone, `N passed, N failed`, with `, N skipped` where tests were.
 * With arguments, which go to Vitest, only the tests that they choose run, without the checks.
 */
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { CHECKS, failedChecks } from './checks.ts'
import type { Tally } from './test-reporter.ts'

const root = dirname(import.meta.dirname)
const tallyFile = join(root, '.cache', `tests-${process.pid}.json`)
const args = process.argv.slice(2)

// Some programs colour whatever they write in CI, where nothing shows colours.
if (!process.stdout.isTTY) process.env.NO_COLOR = '1'

const total: Tally = { passed: 0, failed: 0, skipped: [], unsteady: [] }
if (args.length === 0) {
  total.failed += (await failedChecks()).length
  total.passed += CHECKS.length - total.failed
}
const tests = step('tests', runTests)
total.passed += tests.passed
total.failed += tests.failed
total.skipped.push(...tests.skipped)

listSkipped()
for (const test of tests.unsteady) process.stdout.write(`passed at the second try only: ${test}\n`)
const skipped = total.skipped.length ? `, ${total.skipped.length} skipped` : ''
process.stdout.write(`${total.passed} passed, ${total.failed} failed${skipped}\n`)
process.exitCode = total.failed || !total.passed ? 1 : 0

function step<Result>(name: string, run: () => Result): Result {
  process.stdout.write(`\n── ${name}\n`)
  const started = performance.now()
  const result = run()
  process.stdout.write(`── ${name}: ${((performance.now() - started) / 1000).toFixed(1)} s\n`)
  return result
}

function runTests(): Tally {
  mkdirSync(dirname(tallyFile), { recursive: true })
  const vitest = join(root, 'node_modules', 'vitest', 'vitest.mjs')
  const env = { ...process.env, GYRUS_TEST_TALLY: tallyFile }
  const { status } = spawnSync(process.execPath, [vitest, 'run', ...args], { cwd: root, stdio: 'inherit', env })
  const tally = existsSync(tallyFile) ? JSON.parse(readFileSync(tallyFile, 'utf8')) : nothing()
  rmSync(tallyFile, { force: true })
  // Vitest crashed, or found something wrong that is no test's failure.
  if (status !== 0 && tally.failed === 0) tally.failed = 1
  return tally
}

function nothing(): Tally {
  return { passed: 0, failed: 0, skipped: [], unsteady: [] }
}

function listSkipped(): void {
  process.stdout.write('\n')
  const { explained = [], silent = [] } = Object.groupBy(total.skipped, ({ reason }) =>
    reason ? 'explained' : 'silent',
  )
  for (const { test, reason } of explained) process.stdout.write(`skipped: ${test}: ${reason}\n`)
  if (silent.length) process.stdout.write(`skipped: ${silent.length} tests that the arguments or .skip left out\n`)
}
