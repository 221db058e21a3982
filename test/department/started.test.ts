import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, readdirSync, renameSync, rmdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { ask, openTestCore } from '../support/core.ts'
import { query } from './support/server.ts'
import { departmentAlone, makeDepartment } from './support/station.ts'

const MAIN = join(import.meta.dirname, '..', '..', 'src', 'main', 'cli', 'main.ts')

/** `gyrus worker`, with all that it says. */
function startWorker(root: string) {
  const child = spawn(process.execPath, [MAIN, 'worker', '--data-dir', root], { stdio: ['ignore', 'pipe', 'pipe'] })
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

it('a worker waits for a drive that is not connected yet', async () => {
  const { files, station } = await makeDepartment()
  await (await openTestCore(station('first'))).close()
  const away = `${files}-away`
  renameSync(files, away)
  mkdirSync(files)
  const { child, ended, says } = startWorker(station('worker'))
  await says('Gyrus tries again every 5 s')
  expect(readdirSync(files)).toEqual([])
  rmdirSync(files)
  renameSync(away, files)
  await says('takes work')
  child.kill('SIGINT')
  expect((await ended)[0]).toBe(0)
})

it('a wrong password ends a worker with where it stands', async () => {
  const { server, root } = await departmentAlone()
  await query(server.url('postgres'), `create role reader login password 'right'`)
  writeFileSync(
    join(server.folder, 'pg_hba.conf'),
    'host all reader 127.0.0.1/32 scram-sha-256\nhost all all all trust\n',
  )
  await query(server.url('postgres'), 'select pg_reload_conf()')
  const files = join(root, 'files')
  mkdirSync(files)
  writeFileSync(
    join(root, 'department.json'),
    JSON.stringify({ database: server.url('gyrus', 'reader:mistyped'), files }),
  )
  const { ended, said } = startWorker(root)
  expect((await ended)[0]).toBeGreaterThan(0)
  expect(said.text).toContain(`The department is set in ${join(root, 'department.json')}.`)
  expect(said.text).toContain('refuses this workstation')
  expect(said.text).not.toContain('mistyped')
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
