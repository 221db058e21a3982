import { writeFileSync } from 'node:fs'
import { relative } from 'node:path'
import type { Reporter, SerializedError, TestModule } from 'vitest/node'

export interface Tally {
  passed: number
  failed: number
  skipped: { test: string; reason: string | undefined }[]
  /** Passed only when they were tried again. They count as passed, and are to be mended. */
  unsteady: string[]
}

/** Leaves the counts of a run, and why tests were skipped, in the file that GYRUS_TEST_TALLY names. */
export default class TallyReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], unhandled: readonly SerializedError[]): void {
    const file = process.env.GYRUS_TEST_TALLY
    if (file) writeFileSync(file, JSON.stringify(tally(modules, unhandled)))
  }
}

function tally(modules: readonly TestModule[], unhandled: readonly SerializedError[]): Tally {
  const sum: Tally = { passed: 0, failed: unhandled.length, skipped: [], unsteady: [] }
  for (const module of modules) {
    // A file that cannot be loaded, or a hook that throws, fails without a failed test in it.
    sum.failed += module.errors().length
    for (const suite of module.children.allSuites()) sum.failed += suite.errors().length
    for (const test of module.children.allTests()) {
      const result = test.result()
      const name = `${relative('', module.moduleId)} > ${test.fullName}`
      if (test.diagnostic()?.flaky) sum.unsteady.push(name)
      if (result.state === 'passed') sum.passed += 1
      else if (result.state !== 'skipped') sum.failed += 1
      else sum.skipped.push({ test: name, reason: result.note })
    }
  }
  return sum
}
