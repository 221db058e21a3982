import { utilityProcess } from 'electron'
import { GyrusError } from '../../shared/errors.ts'
import type { RunScript } from '../compose.ts'

/** An installed Gyrus does not run as Node (`electron-builder.yml`, fuses): a script of ours is a utility process. */
export const runInUtility: RunScript = async (script, args, { env, signal }) => {
  if (signal?.aborted) throw new GyrusError('native-engine-cancelled')
  const child = utilityProcess.fork(script, args, { env, stdio: 'pipe', serviceName: 'Gyrus check' })
  let stdout = ''
  let output = ''
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    stdout += text
    output += text
  })
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    output += text
  })
  const stop = () => void child.kill()
  signal?.addEventListener('abort', stop, { once: true })
  const { promise, resolve } = Promise.withResolvers<number>()
  child.once('exit', resolve)
  const code = await promise
  signal?.removeEventListener('abort', stop)
  if (signal?.aborted) throw new GyrusError('native-engine-cancelled')
  return { code, endedBy: null, stdout, output }
}
