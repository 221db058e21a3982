import { connect } from 'node:net'
import { createInterface } from 'node:readline'
import * as electron from 'electron'

const WARNING = 2
/** Keeps what windows complain of in their consoles; the test asks for it. */
const complaints: string[] = Object.assign(globalThis, { complaints: [] as string[] }).complaints

electron.app.on('web-contents-created', (_event, contents) => {
  const old = contents as unknown as {
    on(event: string, listener: (...values: [unknown, number, string]) => void): void
  }
  old.on('console-message', (_event, level, message) => level >= WARNING && complaints.push(message))
})

/** Lets the test run functions in the main process, as it could from Electron's own console. */
export function obeyTest(socket: string): void {
  const line = connect(socket)
  createInterface({ input: line }).on('line', async (text) => {
    const { id, code, arg } = JSON.parse(text) as { id: number; code: string; arg: unknown }
    try {
      const run = new Function('electron', 'arg', `return (${code})(electron, arg)`)
      line.write(`${JSON.stringify({ id, ok: await run(electron, arg) })}\n`)
    } catch (error) {
      line.write(`${JSON.stringify({ id, error: String(error) })}\n`)
    }
  })
  line.on('error', () => undefined)
  // A test that was killed leaves nothing behind.
  line.once('close', () => electron.app.exit(1))
}
