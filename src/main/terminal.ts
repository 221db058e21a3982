import { createInterface } from 'node:readline/promises'
import { Writable } from 'node:stream'
import { GyrusError } from '../shared/errors.ts'

/** Whether a person is there: questions go to stderr, for a program may be reading stdout. */
export const hasTerminal = (): boolean => process.stdin.isTTY === true && process.stderr.isTTY === true

export const ask = (question: string): Promise<string> => read(question, process.stderr)

/** Asks for something that nobody should see: what is typed is not written. */
export async function askSecret(question: string): Promise<string> {
  process.stderr.write(question)
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() })
  const secret = await read('', nowhere)
  process.stderr.write('\n')
  return secret
}

/** @throws GyrusError `cancelled` on Ctrl+C and Ctrl+D */
async function read(question: string, output: Writable): Promise<string> {
  const line = createInterface({ input: process.stdin, output, terminal: true })
  const abort = new AbortController()
  line.once('SIGINT', () => abort.abort()).once('close', () => abort.abort())
  try {
    return await line.question(question, { signal: abort.signal })
  } catch (error) {
    throw new GyrusError('cancelled', {}, { cause: error })
  } finally {
    line.close()
  }
}
