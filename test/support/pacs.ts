import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { dataFolderAt } from '../../src/main/core/data-folder.ts'
import type { Kept, PacsClient, RetrievedFile } from '../../src/main/core/pacs/client.ts'
import { processClient } from '../../src/main/core/pacs/process-client.ts'
import { forkPacs } from '../../src/main/fork-engine.ts'
import { type DimseSettings, dimseSettingsSchema } from '../../src/shared/pacs.ts'
import { temporaryFolder } from './cleanup.ts'
import { dcmtk, programOf } from './dcmtk.ts'
import { freePort } from './free-port.ts'

export const NO_TLS = { on: false, check: 'host', ca: '', certificate: '' } as const

export const dimseSettings = (port: number, more: Partial<DimseSettings> = {}): DimseSettings => ({
  ...{ kind: 'dimse', name: 'Archive', on: true, host: '127.0.0.1', port, calledAe: 'PACS', callingAe: 'GYRUS' },
  ...{ retrieveBy: 'get', waitSeconds: 20, tls: NO_TLS },
  ...more,
})

/** The real process, asked without a core. `waitSeconds` may be shorter than an administrator can set it. */
export function clientOf(port: number, more: Partial<DimseSettings> = {}, secret: string | null = null): PacsClient {
  const settings = dimseSettings(port, more)
  dimseSettingsSchema.omit({ waitSeconds: true }).strip().parse(settings)
  const folder = dataFolderAt(temporaryFolder())
  return processClient({ id: 'a', ...settings }, { start: forkPacs, folder, secret, listenerAe: 'GYRUS' })
}

export const patience = (): AbortSignal => new AbortController().signal

/** What it was sent, and how far it said that it was. */
export async function retrieved(
  client: PacsClient,
  what: { studyUid: string; seriesUid: string | null },
  keep: (file: RetrievedFile) => Kept | Promise<Kept> = () => 'kept',
) {
  const uids: string[] = []
  const onObject = async (file: RetrievedFile) => {
    uids.push(file.sopInstanceUid)
    return keep(file)
  }
  const progress = await client.retrieve(what, { signal: patience(), onObject, onProgress: () => undefined })
  return { uids, progress }
}

/** An archive of DCMTK on this machine's loopback, empty. `host`: where it sends to by C-MOVE. */
export async function startArchive(host = { aeTitle: 'GYRUS', port: 1 }): Promise<number> {
  const folder = temporaryFolder()
  const storage = join(folder, 'storage')
  mkdirSync(storage)
  const config = join(folder, 'dcmqrscp.cfg')
  const port = await freePort()
  writeFileSync(
    config,
    [
      ...[`NetworkTCPPort = ${port}`, 'MaxPDUSize = 16384', 'MaxAssociations = 16'],
      ...['HostTable BEGIN', `here = (${host.aeTitle}, localhost, ${host.port})`, 'HostTable END'],
      ...['VendorTable BEGIN', 'VendorTable END'],
      ...['AETable BEGIN', `PACS ${storage} RW (200, 1024mb) ANY`, 'AETable END', ''],
    ].join('\n'),
  )
  const child = spawn(programOf('dcmqrscp'), ['-c', config], { stdio: 'ignore' })
  const ended = once(child, 'exit')
  onTestFinished(async () => {
    child.kill()
    await ended
  })
  await reachable(port)
  return port
}

/** What takes objects alone, DCMTK's storescp: unlike its archive it speaks TLS. */
export async function startStore(...options: string[]): Promise<number> {
  const port = await freePort()
  const args = ['-aet', 'PACS', '-od', temporaryFolder(), ...options, String(port)]
  const child = spawn(programOf('storescp'), args, { stdio: 'ignore' })
  const ended = once(child, 'exit')
  onTestFinished(async () => {
    child.kill()
    await ended
  })
  await reachable(port)
  return port
}

/** Waits until something listens there. */
export async function reachable(port: number): Promise<void> {
  for (const until = Date.now() + 20_000; ; ) {
    const socket = connect(port, '127.0.0.1')
    const open = await once(socket, 'connect').then(
      () => true,
      () => false,
    )
    socket.destroy()
    if (open) return
    if (Date.now() > until) throw new Error(`nothing listens at ${port}`)
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}

/** Sends files to an archive as DCMTK does it. */
export async function fill(port: number, ...files: string[]): Promise<void> {
  const { ok, text } = await dcmtk('storescu', '-R', '-aec', 'PACS', '127.0.0.1', String(port), ...files)
  if (!ok) throw new Error(text)
}
