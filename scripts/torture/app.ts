import { type ChildProcess, spawn } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout } from 'node:timers/promises'
import type { RequestInput, RequestName, RequestOutput } from '../../src/shared/contract.ts'
import { PASSWORD } from './accounts.ts'
import { type Acknowledged, enginesOf, isRunning, kill, type Victim } from './process.ts'

const SERVE = join(import.meta.dirname, 'serve.ts')
/** Files of a batch that a browser hands over. */
const UPLOADS = 40

/** What the app said, and what it took, before it was killed. */
export interface AppRound {
  acknowledged: Acknowledged[]
  /** Files that it answered to have. */
  uploaded: { batch: string; file: string }[]
}

export interface AppWork {
  dataDir: string
  images: string
  /** A batch to be gone on with; else a browser's is begun. */
  open: string | undefined
}

/** Runs the app in a browser's stead, and sends SIGKILL to it, or first to its engine, so many ms after a batch began. */
export async function runAppAndKill(work: AppWork, victim: Victim, afterMs: number): Promise<AppRound> {
  const child = spawn(process.execPath, [SERVE, work.dataDir], { stdio: ['ignore', 'pipe', 'ignore'] })
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()))
  const round: AppRound = { acknowledged: [], uploaded: [] }
  const engines: number[] = []
  // What it is asked when it is killed gets no answer.
  await use(child, work, round, async () => {
    await setTimeout(afterMs)
    engines.push(...enginesOf(child.pid ?? 0))
    if (victim === 'engine') {
      for (const pid of engines) kill(pid)
      await setTimeout(500)
      engines.push(...enginesOf(child.pid ?? 0))
    }
    child.kill('SIGKILL')
  }).catch(() => undefined)
  child.kill('SIGKILL')
  await ended
  for (const pid of engines) while (isRunning(pid)) await setTimeout(20)
  return round
}

async function use(child: ChildProcess, work: AppWork, round: AppRound, end: () => Promise<void>): Promise<void> {
  const page = await openPage(child)
  await page.ask('session.sign-in', { name: 'root', password: PASSWORD })
  const id = work.open ?? (await page.ask('batches.upload', { name: 'handed over', options: { skipSeen: false } })).id
  if (work.open !== undefined) await page.ask('batches.resume', { id })
  const killed = end()
  const asking = follow(page, id, round)
  if (work.open === undefined) await handOver(page, work.images, id, round).catch(() => undefined)
  await Promise.all([asking, killed])
}

interface Page {
  ask<Name extends RequestName>(name: Name, input: RequestInput<Name>): Promise<RequestOutput<Name>>
  upload(batch: string, file: string, bytes: Uint8Array<ArrayBuffer>): Promise<boolean>
}

async function openPage(child: ChildProcess): Promise<Page> {
  if (!child.stdout) throw new Error('it has no output')
  let link = ''
  for await (const line of createInterface({ input: child.stdout })) {
    link = /^Gyrus: (http\S+)/.exec(line)?.[1] ?? ''
    if (link !== '') break
  }
  const base = new URL(link).origin
  const reply = await fetch(link, { redirect: 'manual' })
  const cookie = (reply.headers.get('set-cookie') ?? '').split(';')[0] as string
  const post = (path: string, body: string | Uint8Array<ArrayBuffer>, headers: Record<string, string> = {}) =>
    fetch(base + path, { method: 'POST', body, headers: { cookie, ...headers } })
  return {
    async ask<Name extends RequestName>(name: Name, input: RequestInput<Name>): Promise<RequestOutput<Name>> {
      const reply = await post(`/api/${name}`, JSON.stringify(input))
      const answer = (await reply.json()) as { ok: RequestOutput<Name> } | { failure: { code: string } }
      if ('failure' in answer) throw new Error(`${name}: ${answer.failure.code}`)
      return answer.ok
    },
    async upload(batch, file, bytes) {
      const headers = { 'x-gyrus-batch': batch, 'x-gyrus-file-name': encodeURIComponent(file) }
      return (await post('/upload', bytes, headers)).ok
    },
  }
}

async function handOver(page: Page, images: string, batch: string, { uploaded }: AppRound): Promise<void> {
  for (const file of readdirSync(images).slice(0, UPLOADS)) {
    const taken = await page.upload(batch, file, new Uint8Array(readFileSync(join(images, file))))
    if (taken) uploaded.push({ batch, file })
  }
  await page.ask('batches.uploaded', { id: batch })
}

/** What a page that shows the batch is told, until nobody answers. */
async function follow(page: Page, id: string, { acknowledged }: AppRound): Promise<void> {
  const known = new Set<number>()
  try {
    for (;;) {
      const { rows } = await page.ask('batches.files', {
        id,
        query: { states: ['analysed'], sort: 'order' },
        limit: 200,
      })
      for (const { seq, path, label, confidence } of rows) {
        if (known.has(seq) || label === null || confidence === null) continue
        known.add(seq)
        acknowledged.push({ file: path, confidences: { [label]: confidence } })
      }
      await setTimeout(50)
    }
  } catch {
    // It was killed.
  }
}
