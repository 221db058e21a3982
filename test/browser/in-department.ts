import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { ensureTool } from '../../scripts/tools.ts'
import { PostgresServer } from '../department/support/server.ts'

/** A server for the test’s department; where there can be none, the test is not run, and says why. */
export async function startPostgres(skip: (reason: string) => never): Promise<PostgresServer> {
  const found = ensureTool('postgres')
  return found.path === undefined ? skip(found.reason) : PostgresServer.start({ program: found.path }, onTestFinished)
}

/** Makes a data folder that of a workstation. @param settings its `department.json` */
export function makeStation(dataDir: string, settings: string, name: string): void {
  mkdirSync(dataDir, { recursive: true })
  writeFileSync(join(dataDir, 'department.json'), settings)
  writeFileSync(join(dataDir, 'station'), name)
}
