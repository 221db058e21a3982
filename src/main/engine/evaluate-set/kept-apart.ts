import type { RunFile } from './read-predictions.ts'

/** Whether of each image that was held out a patient or group is known, and none was held out by two runs. */
export function keptApart(runs: RunFile[]): boolean {
  const runOf = new Map<string, string>()
  for (const { path, run } of runs) {
    for (const { part, group } of run.images) {
      if (part !== 'held-out') continue
      if (group === null || (runOf.get(group) ?? path) !== path) return false
      runOf.set(group, path)
    }
  }
  return true
}
