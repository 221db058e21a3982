import { spawnSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { inject } from 'vitest'
import { temporaryFolder } from './cleanup.ts'
// What it provides, by its types.
import type {} from './dicom-setup.ts'

type Tool = 'dciodvfy' | 'dcmdump' | 'dicomPython' | 'orthanc' | 'orthancWeb'

/** Why a tool is not here, for `skip`; null where it is. */
export const missing = (tool: Tool): string | null => {
  const { reason } = inject(tool)
  return reason === undefined ? null : `not run: ${reason}`
}

/** What dciodvfy says against a file, line by line. */
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

/** A file as DCMTK's dcmconv writes it anew. @param options like `+td`: deflated */
export function rewritten(file: Uint8Array, ...options: string[]): Buffer {
  const target = join(temporaryFolder(), 'rewritten.dcm')
  const { status, stderr } = run(join(dirname(pathOf('dcmdump')), 'dcmconv'), [...options, keep(file), target])
  if (status !== 0) throw new Error(`dcmconv: ${stderr}`)
  return readFileSync(target)
}

/** What a Python script of the tests prints as JSON of files. @param script from the folder of the tests */
export function python(script: string, ...files: Uint8Array[]): unknown {
  const path = join(import.meta.dirname, '..', script)
  const { status, stdout, stderr } = run(pathOf('dicomPython'), [path, ...files.map(keep)])
  if (status !== 0) throw new Error(stderr)
  return JSON.parse(stdout)
}

export function pathOf(tool: Tool): string {
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
