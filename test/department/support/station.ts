import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { inject, onTestFinished } from 'vitest'
import { temporaryFolder } from '../../support/cleanup.ts'
import { PostgresServer, query, TEMPLATE } from './server.ts'

export interface DepartmentFiles {
  files: string
  filesKey?: string
  filesSecret?: string
}

export interface TestDepartment {
  database: string
  files: string
  /** Data folder of a workstation of it. */
  station(name: string): string
}

let made = 0

/**
 * A department of its own: an empty database, and folders of its workstations.
 *
 * @param shared where their files are; by default in a folder that they share
 */
export async function makeDepartment(shared?: DepartmentFiles): Promise<TestDepartment> {
  const folder = temporaryFolder()
  const files = shared?.files ?? join(folder, 'files')
  if (!shared) mkdirSync(files)
  const name = `d_${process.pid}_${++made}`
  const server = inject('departmentServer')
  await query(`${server}postgres`, `create database "${name}" template "${TEMPLATE}"`)
  const database = server + name
  const station = (called: string) => {
    const root = join(folder, called)
    mkdirSync(root, { recursive: true })
    writeFileSync(join(root, 'department.json'), JSON.stringify({ database, files, ...shared }))
    writeFileSync(join(root, 'station'), called)
    return root
  }
  return { database, files, station }
}

/** A department of one workstation, on a server of its own that can be stopped and started. */
export async function departmentAlone(): Promise<{ server: PostgresServer; database: string; root: string }> {
  const { path: program = '' } = inject('postgres')
  const server = await PostgresServer.start({ program }, onTestFinished)
  const database = await server.createDatabase('gyrus')
  const root = temporaryFolder()
  writeFileSync(join(root, 'department.json'), JSON.stringify({ database, files: temporaryFolder() }))
  return { server, database, root }
}
