import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { beforeAll, describe, expect, it } from 'vitest'
import { openCore } from '../../src/main/compose.ts'
import { forTasks } from '../../src/main/core/engine-supervisor/for-tasks.ts'
import { runTask } from '../../src/main/core/engine-supervisor/task.ts'
import type { Core } from '../../src/main/core/index.ts'
import { scanFile } from '../../src/main/core/stored-scans.ts'
import { forkEngine } from '../../src/main/fork-engine.ts'
import { type LoopbackServer, startLoopback } from '../../src/main/loopback/server.ts'
import { usePassphraseFile } from '../../src/main/passphrase.ts'
import { signInAs } from '../support/accounts.ts'
import { Cleanup, temporaryFolder } from '../support/cleanup.ts'
import { ask, openPaths } from '../support/core.ts'
import { encryptFolder, PASSPHRASE } from '../support/encryption.ts'
import { picture, SLICE_SIDE, writePicture } from '../support/images.ts'
import { writeTestPage } from '../support/page.ts'

const cleanup = new Cleanup()
const base = temporaryFolder(cleanup.add)
const root = join(base, 'data')
/** Every message to an engine, as it was sent. */
const sent: { files?: Uint8Array; name?: string; input?: { key?: Uint8Array } }[] = []
let core: Core
let server: LoopbackServer
let images: string[]

beforeAll(async () => {
  const file = join(base, 'passphrase')
  writeFileSync(file, PASSPHRASE)
  usePassphraseFile(file)
  await encryptFolder(root)
  const startEngine = () => {
    const engine = forkEngine()
    return {
      ...engine,
      send: (message: Parameters<typeof engine.send>[0]) => {
        sent.push(message as (typeof sent)[number])
        engine.send(message)
      },
    }
  }
  const opened = await openCore(root, { startEngine })
  cleanup.add(opened.close)
  core = opened.core
  server = await startLoopback({ core, rendererDir: writeTestPage(base), port: 0, uploads: core.folder.incoming })
  cleanup.add(() => server.close())
  images = await Promise.all([1, 2, 3].map((seed) => writePicture(base, `${seed}.png`, seed)))
  return cleanup.run
}, 120_000)

const filesIn = (dir: string) =>
  readdirSync(dir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))

/** None of what lies below a folder holds part of the picture. */
function expectSealed(dir: string, content: Uint8Array): void {
  const part = Buffer.from(content).subarray(60, 124)
  for (const path of filesIn(dir)) expect(readFileSync(path).includes(part), path).toBe(false)
}

describe('Gyrus on an encrypted record', () => {
  it('opens scans, keeps them sealed, and shows them', async () => {
    const outcomes = await openPaths(core, ...images)
    expect(outcomes.map(({ status }) => status)).toEqual(['analysed', 'analysed', 'analysed'])
    for (const image of images) expectSealed(root, readFileSync(image))
    const id = outcomes[0]?.caseId as string
    expect(Buffer.from(await core.images.thumbnail(id)).toString('latin1', 8, 12)).toBe('WEBP')
    const { header, data } = await core.images.pixels(id)
    expect([header.width, header.height]).toEqual([SLICE_SIDE, SLICE_SIDE])
    const original = await core.engine.request('pixels', { path: images[0] as string })
    expect(Buffer.from(data).equals(original.data)).toBe(true)
    expect((await core.images.picture(id, null)).width).toBe(SLICE_SIDE)
    expect(await core.reruns.exactly(id, 'Dr A')).toMatchObject({ same: true })
    for (const image of images) expectSealed(root, readFileSync(image))
  }, 120_000)

  it('gives the engine that reads the key of one file at a time, and never that of all', async () => {
    const keys = sent.flatMap(({ input }) => input?.key ?? [])
    const sha256 = createHash('sha256')
      .update(readFileSync(images[0] as string))
      .digest('hex')
    expect(keys.map((key) => Buffer.from(key).toString('hex'))).toContain(
      Buffer.from((await scanFile(core.folder, sha256)).key ?? []).toString('hex'),
    )
    expect(sent.some(({ files }) => files !== undefined)).toBe(false)
    const all = core.folder.keys?.files ?? new Uint8Array()
    expect(keys.some((key) => Buffer.from(key).equals(all))).toBe(false)
  })

  it('tells a scan whose ciphertext was altered, by its code', async () => {
    const [one] = await openPaths(core, await writePicture(base, '9.png', 9))
    const { scan } = await core.store.getCase(one?.caseId as string)
    const { path } = await scanFile(core.folder, scan?.sha256 ?? '')
    const bytes = readFileSync(path)
    bytes.writeUInt8(bytes.readUInt8(300) ^ 1, 300)
    writeFileSync(path, bytes)
    await expect(core.images.pixels(one?.caseId as string)).rejects.toMatchObject({ code: 'scan-altered' })
    await expect(core.reruns.exactly(one?.caseId as string, 'x')).rejects.toMatchObject({ code: 'scan-altered' })
    // The original mends it.
    await openPaths(core, join(base, '9.png'))
    expect((await core.images.pixels(one?.caseId as string)).header.width).toBe(128)
  }, 120_000)

  it('takes an upload without a clear byte on the disk while it waits', async () => {
    const reply = await fetch(server.newAddress(), { redirect: 'manual' })
    const cookie = (reply.headers.get('set-cookie') ?? '').split(';')[0] as string
    await signInAs(core, { shell: 'loopback', connection: cookie.split('=')[1] ?? '' })
    const content = await picture(77, 1_500).png({ compressionLevel: 0 }).toBuffer()
    let seen = 0
    async function* slowly() {
      for (let at = 0; at < content.length; at += 65_536) {
        yield content.subarray(at, at + 65_536)
        await sleep(20)
        seen += filesIn(core.folder.incoming).length
        expectSealed(core.folder.incoming, content)
      }
    }
    const headers = { cookie, 'x-gyrus-file-name': 'up.png', 'content-type': 'application/octet-stream' }
    const init = { method: 'POST', headers, body: ReadableStream.from(slowly()), duplex: 'half' } as RequestInit
    const posted = await fetch(`http://127.0.0.1:${server.port}/upload`, init)
    expect(posted.ok).toBe(true)
    expect(seen).toBeGreaterThan(0)
    const sha256 = createHash('sha256').update(content).digest('hex')
    expect(
      readFileSync((await scanFile(core.folder, sha256)).path)
        .subarray(0, 8)
        .toString(),
    ).toBe('GYRUSEN1')
    expect(readdirSync(core.folder.incoming)).toEqual([])
  }, 120_000)

  it('freezes signed cases as a sealed set that a task can read, and that names no file', async () => {
    for (const seed of [21, 22]) {
      const [one] = await openPaths(core, await writePicture(base, `mueller-${seed}.png`, seed))
      const caseId = one?.caseId as string
      const reviewed = await ask(core, 'cases.review', { id: caseId, verdict: 'disagree', label: 'glioma' })
      await ask(core, 'cases.sign', { id: caseId, verdict: reviewed.verdicts[0]?.id as number })
    }
    const { set } = await core.datasets.import({ name: 'signed', source: { kind: 'signed', since: null }, by: 'Dr A' })
    expect(set).toMatchObject({ images: 2 })
    for (const path of filesIn(join(root, 'datasets'))) {
      const bytes = readFileSync(path)
      expect(bytes.subarray(0, 8).toString(), path).toBe('GYRUSEN1')
    }
    const manifest = await core.datasets.catalogue.read(await core.datasets.catalogue.named('signed'))
    expect(manifest.images.map(({ file }) => file).join()).not.toContain('mueller')
    const audit = await runTask(forTasks(forkEngine, core.folder.keys), 'audit-dataset', { path: set.path })
    expect(audit).toMatchObject({ images: 2 })
    // An engine without the key is told that it cannot read it.
    await expect(runTask(forkEngine, 'audit-dataset', { path: set.path })).rejects.toMatchObject({
      code: 'file-unreadable',
    })
  }, 120_000)
})
