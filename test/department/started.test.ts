import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { temporaryFolder } from '../support/cleanup.ts'
import { ask, openTestCore } from '../support/core.ts'
import { type PostgresServer, query } from './support/server.ts'
import { departmentAlone, makeDepartment } from './support/station.ts'

const MAIN = join(import.meta.dirname, '..', '..', 'src', 'main', 'cli', 'main.ts')

/** `gyrus worker`, with all that it says. */
function startWorker(root: string, args: string[] = [], env: Record<string, string> = {}) {
  const child = spawn(process.execPath, [MAIN, 'worker', '--data-dir', root, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...env },
  })
  const ended = once(child, 'exit') as Promise<[number | null]>
  const said = { text: '' }
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => {
      said.text += text
    })
  onTestFinished(async () => {
    child.kill('SIGKILL')
    await ended
  })
  const says = (text: string) => expect.poll(() => said.text, { timeout: 60_000 }).toContain(text)
  return { child, ended, says, said }
}

it('a worker waits for a database that is not there yet, says when it goes away, and ends at once then', async () => {
  const { server, root } = await departmentAlone()
  await server.stop()
  const { child, ended, says, said } = startWorker(root)
  await says('does not answer')
  await says(`The department is set in ${join(root, 'department.json')}.`)
  await server.start()
  await says('takes work')
  await server.stop()
  await says('work goes on when it does')
  await server.start()
  await says('It answers again.')
  expect(said.text.split('tries again every 5 s')).toHaveLength(2)
  await server.stop()
  await expect.poll(() => said.text.split('work goes on when it does').length, { timeout: 30_000 }).toBe(3)
  child.kill('SIGINT')
  expect((await ended)[0]).toBe(0)
}, 240_000)

it.each(['an empty folder', 'nothing'])(
  'a worker waits for a drive that is not connected yet, with %s in its place',
  async (left) => {
    const { files, station } = await makeDepartment()
    await (await openTestCore(station('first'))).close()
    const away = `${files}-away`
    renameSync(files, away)
    if (left === 'an empty folder') mkdirSync(files)
    const { child, ended, says } = startWorker(station('worker'))
    await says('Gyrus tries again every 5 s')
    if (left === 'an empty folder') {
      expect(readdirSync(files)).toEqual([])
      rmdirSync(files)
    } else expect(existsSync(files)).toBe(false)
    renameSync(away, files)
    await says('takes work')
    child.kill('SIGINT')
    expect((await ended)[0]).toBe(0)
  },
)

/** A server that lets `reader` in by the password `right` alone. @returns address of its database as whom it names */
async function askingForPassword(server: PostgresServer): Promise<(who: string) => string> {
  await query(server.url('postgres'), `create role reader login password 'right'`)
  writeFileSync(
    join(server.folder, 'pg_hba.conf'),
    'host all reader 127.0.0.1/32 scram-sha-256\nhost all all all trust\n',
  )
  await query(server.url('postgres'), 'select pg_reload_conf()')
  return (who) => server.url('gyrus', who)
}

it.each([
  ['reader:mistyped', 'refuses this workstation'],
  ['reader', 'asks for a password, and its address has none'],
])(
  'an address as whom %s ends a worker with where it stands',
  async (who, told) => {
    const { server, root } = await departmentAlone()
    const as = await askingForPassword(server)
    const files = join(root, 'files')
    mkdirSync(files)
    writeFileSync(join(root, 'department.json'), JSON.stringify({ database: as(who), files }))
    const { ended, said } = startWorker(root)
    expect((await ended)[0]).toBeGreaterThan(0)
    expect(said.text).toContain(`The department is set in ${join(root, 'department.json')}.`)
    expect(said.text).toContain(told)
    expect(said.text).not.toContain('mistyped')
  },
  120_000,
)

it('another user than the one that is set is asked for a password of their own', async () => {
  const { server, database, root } = await departmentAlone()
  const as = await askingForPassword(server)
  const { files } = JSON.parse(readFileSync(join(root, 'department.json'), 'utf8')) as { files: string }
  const kept = database.replace('gyrus@', 'gyrus:kept@')
  writeFileSync(join(root, 'department.json'), JSON.stringify({ database: kept, files }))
  const { core } = await openTestCore(root)
  for (const request of ['department.try', 'department.join'] as const)
    await expect(ask(core, request, { database: as('reader'), files })).rejects.toThrow('database-password-missing')
  // Who is let in and has no rights is told that.
  await expect(ask(core, 'department.try', { database: as('reader:right'), files })).rejects.toThrow('database-refused')
}, 120_000)

it('who is signed in hears at once that the record is away, and when it is there again', async () => {
  const { server, root } = await departmentAlone()
  const { core } = await openTestCore(root)
  const away = async () => (await ask(core, 'department.outbox', {})).away
  expect(await away()).toBe(false)
  const told = new Promise<void>((resolve) => {
    core.events.subscribe(({ type }) => void (type === 'outbox' && resolve()))
  })
  await server.stop()
  await told
  // It is answered out of what is known here, and not after a try.
  expect(await away()).toBe(true)
  await server.start()
  await expect.poll(away, { timeout: 30_000 }).toBe(false)
}, 120_000)

it('who looks at the queue while the database is away is told so, as everywhere', async () => {
  const { server, root } = await departmentAlone()
  const { core } = await openTestCore(root)
  expect(await ask(core, 'department.get', {})).toMatchObject({ queue: { waiting: 0 } })
  await server.stop()
  for (const asked of [
    () => core.department?.status(),
    () => core.department?.work(),
    () => core.department?.retry('Dr A'),
  ])
    await expect(asked()).rejects.toMatchObject({ code: 'database-unreachable' })
}, 120_000)

it('a worker says what it takes, and what is missing where it belongs to no department', async () => {
  const { database, station } = await makeDepartment()
  const none = startWorker(station('a'), ['--no-cases', '--no-trainings'])
  await none.says('a is set to take no work, neither cases nor trainings')
  none.child.kill('SIGINT')
  expect((await none.ended)[0]).toBe(0)
  const alone = startWorker(temporaryFolder())
  expect((await alone.ended)[0]).toBeGreaterThan(0)
  expect(alone.said.text).toMatch(/department\.json.*\[department-missing\]/s)
  const half = startWorker(temporaryFolder(), [], { GYRUS_DATABASE: database })
  expect((await half.ended)[0]).toBeGreaterThan(0)
  expect(half.said.text).toContain('[department-files-unset]')
}, 60_000)
