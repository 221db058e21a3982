import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { z } from 'zod'
import { UNITS } from './contract.ts'

const figureSchema = z.strictObject({
  of: z.string(),
  value: z.number().nullable(),
  unit: z.enum(UNITS),
  aim: z.union([z.strictObject({ most: z.number() }), z.strictObject({ least: z.number() })]).optional(),
})
const rowSchema = z.strictObject({
  what: z.string(),
  figures: z.array(figureSchema).min(1),
  remark: z.string().optional(),
})
const sectionSchema = z.strictObject({
  /** Of the run that it was measured in. */
  run: z.string(),
  /** Load of the machine over a minute, at start and end. */
  load: z.tuple([z.number(), z.number()]),
  seconds: z.number(),
  sizes: z.record(z.string(), z.number()),
  /** Why it was not run; null where it was. */
  notRun: z.string().nullable(),
  rows: z.array(rowSchema),
  versions: z.record(z.string(), z.string()),
  remarks: z.array(z.string()),
})
const runSchema = z.strictObject({
  /** When it began, ISO 8601. */
  id: z.string(),
  machine: z.strictObject({ cores: z.number(), processor: z.string(), memoryGb: z.number(), system: z.string() }),
  commit: z.string(),
  /** Whether the sources were changed since. */
  changed: z.boolean(),
  versions: z.record(z.string(), z.string()),
  load: z.tuple([z.number(), z.number()]),
})
const resultsSchema = z.strictObject({
  format: z.literal(1),
  /** From the oldest on. */
  runs: z.array(runSchema),
  /** By the bench's name. */
  sections: z.record(z.string(), sectionSchema),
})

export type Run = z.infer<typeof runSchema>
export type Section = z.infer<typeof sectionSchema>
export type Results = z.infer<typeof resultsSchema>

export const NONE: Results = { format: 1, runs: [], sections: {} }

/** @throws where the file is not one of results */
export function readResults(path: string): Results {
  return existsSync(path) ? resultsSchema.parse(JSON.parse(readFileSync(path, 'utf8'))) : NONE
}

/** Put beside and moved in, so that a run that is broken off leaves a whole file. */
export function writeResults(path: string, results: Results): void {
  writeFileSync(`${path}.new`, `${JSON.stringify(results, null, 2)}\n`)
  renameSync(`${path}.new`, path)
}

/**
 * A section in place of the one before; runs of which nothing is left go. What was measured stays where it could not be run
 * now: a machine without what it needs says nothing about it.
 */
export function withSection(results: Results, run: Run, name: string, section: Section): Results {
  const before = results.sections[name]
  const kept = section.notRun !== null && before !== undefined && before.notRun === null
  const sections = { ...results.sections, [name]: kept ? before : section }
  const used = new Set(Object.values(sections).map((one) => one.run))
  const runs = [...results.runs.filter(({ id }) => id !== run.id), run]
  return { format: 1, runs: runs.filter(({ id }) => used.has(id)), sections }
}
