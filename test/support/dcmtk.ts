import { execFile } from 'node:child_process'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { inject } from 'vitest'

const run = promisify(execFile)

/** What a program of DCMTK said. */
interface Said {
  ok: boolean
  text: string
}

/** Runs a program of DCMTK. Where there is none the test fails with the reason. */
export async function dcmtk(program: string, ...options: string[]): Promise<Said> {
  const command = programOf(program)
  const bounded = { timeout: 60_000, maxBuffer: 64 * 2 ** 20, encoding: 'latin1' } as const
  return run(command, options, bounded).then(
    ({ stdout, stderr }) => ({ ok: true, text: stdout + stderr }),
    (error: { stdout?: string; stderr?: string }) => ({ ok: false, text: `${error.stdout}${error.stderr}` }),
  )
}

/** Where a program of DCMTK lies. @throws with the reason where there is none */
export function programOf(program: string): string {
  const found = inject('dcmdump')
  if (found.path === undefined) throw new Error(found.reason)
  return join(dirname(found.path), program)
}

/** The data set of a Part 10 file, byte for byte: all behind the meta header. */
export function dataSetOf(file: Buffer): Buffer {
  // Group length (0002,0000) UL, the first element behind preamble and prefix.
  return file.subarray(144 + file.readUInt32LE(140))
}

/** Transfer syntax UID (0002,0010) of a Part 10 file. */
export function transferSyntaxOf(file: Buffer): string {
  const at = file.indexOf(Buffer.from([0x02, 0, 0x10, 0, 0x55, 0x49]), 132)
  return file.toString('latin1', at + 8, at + 8 + file.readUInt16LE(at + 6)).replace(/\0$/, '')
}
