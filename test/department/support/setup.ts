import type { TestProject } from 'vitest/node'
import { ensureTool, type Found } from '../../../scripts/tools.ts'
import { grantStation } from '../../../src/main/compose.ts'
import { Cleanup } from '../../support/cleanup.ts'
import { PostgresServer, query, STATION, TEMPLATE } from './server.ts'

declare module 'vitest' {
  interface ProvidedContext {
    postgres: Found
    /** A server that all files share, or '' where there is none. */
    departmentServer: string
  }
}

/** One server for all files of the project; each record of a test is a database of its own, made of one with the schema. */
export default async function setup(project: TestProject): Promise<(() => Promise<void>) | undefined> {
  const found = ensureTool('postgres')
  project.provide('postgres', found)
  if (found.path === undefined) {
    project.provide('departmentServer', '')
    return undefined
  }
  const cleanup = new Cleanup()
  const server = await PostgresServer.start({ program: found.path }, cleanup.add)
  const template = await server.createDatabase(TEMPLATE)
  await query(template, `create role ${STATION} login`)
  await grantStation({ database: template, station: 'owner' }, STATION)
  project.provide('departmentServer', server.url(''))
  return cleanup.run
}
