import { join } from 'node:path'
import { build } from 'esbuild'
import type { Page } from 'playwright-core'
import type { Wanted } from './faults.ts'

export type { Wanted }

/** The check as one script: it runs in the page. */
const script = build({
  entryPoints: [join(import.meta.dirname, 'faults.ts')],
  ...{ bundle: true, write: false, format: 'iife', globalName: 'layout' },
}).then(({ outputFiles }) => outputFiles?.[0]?.text ?? '')

/**
 * What is wrong with how the open screen is laid out, as a reader would say it; empty where nothing is. Where a dialog is
 * open, that is the screen.
 */
export async function layoutFaults(page: Page, wanted: Wanted): Promise<string[]> {
  return await page.evaluate(`${await script}; layout.faults(${JSON.stringify(wanted)})`)
}
