import { spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { inject } from 'vitest'
import { temporaryFolder } from './cleanup.ts'

/** Why a tool is not here, for `skip`; null where it is. */
export const missing = (tool: 'dciodvfy' | 'dcmdump' | 'dicomPython'): string | null => {
  const { reason } = inject(tool)
  return reason === undefined ? null : `not run: ${reason}`
}

/** What dciodvfy says against a file: its lines, warnings without those that are told by `expected`. */
export function complaints(file: Uint8Array): { errors: string[]; warnings: string[] } {
  const { stderr } = run(pathOf('dciodvfy'), ['-new', keep(file)])
  const lines = stderr.split('\n').filter(Boolean)
  return {
    errors: lines.filter((line) => line.startsWith('Error')),
    warnings: lines.filter((line) => line.startsWith('Warning')),
  }
}

/** What a program of DCMTK prints of a file. @throws where it exits with an error */
export function dcmtk(program: 'dcmdump' | 'dsrdump', file: Uint8Array, ...options: string[]): string {
  const { status, stdout, stderr } = run(join(dirname(pathOf('dcmdump')), program), [...options, keep(file)])
  if (status !== 0) throw new Error(`${program}: ${stderr}`)
  return stdout
}

/** What a script of test/dicom-objects/python prints as JSON of files. */
export function python(script: string, ...files: Uint8Array[]): unknown {
  const path = join(import.meta.dirname, '..', 'dicom-objects', 'python', script)
  const { status, stdout, stderr } = run(pathOf('dicomPython'), [path, ...files.map(keep)])
  if (status !== 0) throw new Error(stderr)
  return JSON.parse(stdout)
}

function pathOf(tool: 'dciodvfy' | 'dcmdump' | 'dicomPython'): string {
  const { path, reason } = inject(tool)
  if (path === undefined) throw new Error(reason)
  return path
}

function keep(file: Uint8Array): string {
  const path = join(temporaryFolder(), 'object.dcm')
  writeFileSync(path, file)
  return path
}

const run = (program: string, args: string[]) => spawnSync(program, args, { encoding: 'utf8', maxBuffer: 2 ** 26 })
