/** A session from the first start to the end, as a browser would ask for it; writes what came of it. Run by alone.test.ts. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { connect } from 'node:net'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Batch } from '../../src/shared/batches.ts'
import type { CaseRow } from '../../src/shared/cases.ts'
import { PASSWORD, READER } from '../support/accounts.ts'
import { slice } from '../support/images.ts'

export interface Session {
  /** What a connection to the network outside comes to. */
  outside: string
  analysed: number
  batch: Batch['counts']
  /** How a report begins. */
  report: string
  table: number
  code: number | null
}

const ROOT = join(import.meta.dirname, '..', '..')
/** For documentation (RFC 5737): nobody answers there. */
const NOWHERE = { host: '192.0.2.1', port: 9, timeout: 500 }
const [dataDir = '', goesOut = ''] = process.argv.slice(2)

const args = [join(ROOT, 'scripts', 'start.ts'), '--browser', '--no-open', '--data-dir', dataDir]
const gyrus = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] })
const address = await new Promise<URL>((resolve) => {
  let said = ''
  gyrus.stdout.setEncoding('utf8').on('data', (text: string) => {
    said += text
    const found = /http:\S+/.exec(said)
    if (found) resolve(new URL(found[0]))
  })
})
const welcome = await fetch(address, { redirect: 'manual' })
const cookie = (welcome.headers.get('set-cookie') ?? '').split(';')[0] as string

const get = (path: string) => fetch(new URL(path, address), { headers: { cookie } })
const post = (path: string, body: string | Uint8Array<ArrayBuffer>, headers: Record<string, string> = {}) =>
  fetch(new URL(path, address), { method: 'POST', body, headers: { cookie, ...headers } })

async function ask<Answer>(name: string, input: object): Promise<Answer> {
  const reply = (await (await post(`/api/${name}`, JSON.stringify(input))).json()) as { ok: Answer }
  if (!('ok' in reply)) throw new Error(`${name}: ${JSON.stringify(reply)}`)
  return reply.ok
}

async function until<Answer>(look: () => Promise<Answer | null>): Promise<Answer> {
  for (;;) {
    const found = await look()
    if (found !== null) return found
    await sleep(200)
  }
}

const analysed = async (total: number) => {
  const { rows } = await ask<{ rows: CaseRow[] }>('cases.list', { query: { states: ['analysed'] } })
  return rows.length === total ? rows : null
}

for (const path of ['/', '/index.html']) await (await get(path)).text()
await ask('session.set-up', { name: READER, fullName: 'Test Reader', password: PASSWORD })
await ask('samples.open', {})
const rows = await until(() => analysed(12))
const id = rows[0]?.id
for (const kind of ['pixels', 'thumbnail']) await (await get(`/images/${id}/${kind}`)).arrayBuffer()
await ask('cases.get', { id })
await ask('cases.review', { id, verdict: 'agree', label: null, comment: '' })
const { pdf } = await ask<{ pdf: string }>('cases.report', { id, paper: 'a4', view: null, heat: true })

const upload = await ask<{ id: string }>('batches.upload', { name: 'study', options: {} })
for (let seed = 1; seed <= 5; seed++) {
  const png = new Uint8Array(await (await slice(seed)).png().toBuffer())
  await post('/upload', png, { 'x-gyrus-file-name': `${seed}.png`, 'x-gyrus-batch': upload.id })
}
await ask('batches.uploaded', { id: upload.id })
const { batch } = await until(async () => {
  const found = await ask<{ batch: Batch }>('batches.get', { id: upload.id })
  return found.batch.state === 'completed' ? found : null
})
const { path } = await ask<{ path: string }>('batches.export', { id: upload.id, format: 'csv' })
const table = (await (await get(`/${path}`)).text()).trim().split('\n').length

/** With `goesOut` one connection is tried, so that whoever counts them sees that it would be counted. */
async function tryOutside(): Promise<string> {
  if (!goesOut) return 'not tried'
  const socket = connect(NOWHERE)
  return new Promise((resolve) => {
    socket.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message))
    socket.once('timeout', () => resolve('timeout'))
    socket.once('connect', () => resolve('connected'))
  })
}

const outside = await tryOutside()
gyrus.kill('SIGTERM')
const [code] = (await once(gyrus, 'exit')) as [number | null]
const report = Buffer.from(pdf, 'base64').subarray(0, 5).toString('latin1')
const session: Session = { outside, analysed: rows.length, batch: batch.counts, report, table, code }
process.stdout.write(JSON.stringify(session), () => process.exit(0))
