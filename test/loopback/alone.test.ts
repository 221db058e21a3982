import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, type TestContext, test } from 'vitest'
import { ensureRenderer } from '../../scripts/renderer.ts'
import { temporaryFolder } from '../support/cleanup.ts'
import type { Session } from './whole-session.ts'

const SCRIPT = join(import.meta.dirname, 'whole-session.ts')
const SLOW = 180_000

/** All that a session of work comes to, so that what is shown of its connections is shown of the whole. */
const WHOLE: Partial<Session> = {
  analysed: 12,
  batch: { total: 5, analysed: 5, failed: 0, skipped: 0, remaining: 0 },
  report: '%PDF-',
  table: 6,
  code: 0,
}

/** Skips the test where this machine cannot do that. */
function need(skip: TestContext['skip'], [program = '', ...args]: string[], what: string): void {
  const { status, error, stderr } = spawnSync(program, args, { encoding: 'utf8' })
  if (status !== 0) skip(`not run: ${what} (${error?.message ?? stderr.trim()})`)
}

/** As a department's machine has it: libraries that report to their makers keep still where they take it for CI. */
const ENVIRONMENT = { ...process.env }
for (const name of ['CI', 'GITHUB_ACTIONS', 'TF_BUILD', 'ORT_DISABLE_TELEMETRY', 'ORT_RUNNING_UNIT_TESTS'])
  delete ENVIRONMENT[name]

function run(command: string[]): Session {
  const [program = '', ...args] = command
  const { stdout, stderr, status } = spawnSync(program, args, { encoding: 'utf8', timeout: SLOW, env: ENVIRONMENT })
  if (status !== 0) throw new Error(`${status}: ${stderr}`)
  return JSON.parse(stdout) as Session
}

test('reading, a batch and a report need no network: the app works where only loopback exists', {
  timeout: SLOW,
}, async ({ skip }) => {
  const inside = (command: string) => ['unshare', '--net', 'sh', '-c', `ip link set lo up && ${command}`]
  need(skip, inside('true'), 'no network namespace can be made here')
  await ensureRenderer()
  const session = run(inside(`exec ${process.execPath} ${SCRIPT} ${join(temporaryFolder(), 'data')} out`))
  expect(session).toEqual({ ...WHOLE, outside: 'ENETUNREACH' })
})

/** Addresses that any process of the session connected to, or sent to without. */
function addressesIn(trace: string): string[] {
  const called = /sin6?_port=htons\((\d+)\).*?(?:inet_addr\("([^"]+)"\)|inet_pton\(AF_INET6, "([^"]+)")/
  return trace.split('\n').flatMap((line) => {
    const [, port, v4, v6] = called.exec(line) ?? []
    return port === undefined ? [] : [`${v4 ?? v6}:${port}`]
  })
}

test('none of its processes connects to anything but this machine, counted by the system calls', {
  timeout: SLOW,
}, async ({ skip }) => {
  need(skip, ['strace', '-qq', '-e', 'trace=none', 'true'], 'no system calls can be followed here')
  await ensureRenderer()
  const folder = temporaryFolder()
  const trace = join(folder, 'trace')
  const calls = 'trace=connect,sendto,sendmsg,sendmmsg'
  const strace = ['strace', '-f', '-qq', '--seccomp-bpf', '-s', '0', '-e', calls, '-o', trace]
  const session = run([...strace, process.execPath, SCRIPT, join(folder, 'data'), 'out'])
  expect(session).toMatchObject(WHOLE)
  const addresses = addressesIn(readFileSync(trace, 'utf8'))
  expect(addresses.filter((one) => one.startsWith('127.0.0.1:')).length).toBeGreaterThan(0)
  // The only one is that which the test itself tried: had the app tried another, it would stand here, too.
  expect(addresses.filter((one) => !one.startsWith('127.0.0.1:'))).toEqual(['192.0.2.1:9'])
})
