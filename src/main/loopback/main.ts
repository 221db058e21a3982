import { createInterface } from 'node:readline'
import { Command, InvalidArgumentError } from 'commander'
import open from 'open'
import { toFailure } from '../../shared/errors.ts'
import { BANNER } from '../../shared/labels.ts'
import { chooseDataDir } from '../compose.ts'
import { RENDERER_DIR, VERSION } from '../installation.ts'
import { openLog } from '../log.ts'
import { usePassphraseFile } from '../passphrase.ts'
import { endPromptly, openCorePatiently, tellAway } from '../start-patiently.ts'
import { type LoopbackServer, startLoopback } from './server.ts'

interface Options {
  open: boolean
  port: number
  dataDir?: string
  passphraseFile?: string
}

/** `npm start` without Electron: opens the core, serves the page, prints or opens its one-time address. */
export async function serve(args: string[]): Promise<void> {
  const options = parse(args)
  const note = openLog()
  try {
    usePassphraseFile(options.passphraseFile)
    const opened = await openCorePatiently(chooseDataDir(options.dataDir), { note })
    const { core } = opened
    tellAway(core)
    const uploads = core.folder.incoming
    const server = await startLoopback({ core, rendererDir: RENDERER_DIR, port: options.port, uploads })
    endOnSignal(async () => {
      await server.close()
      await endPromptly(opened)
    })
    const begun = Promise.all([core.startQueued(), core.resume()])
    begun.catch((error) => console.error(toFailure(error).message))
    await announce(server, options.open)
    offerNewLinks(server)
  } catch (error) {
    const { code, message, action } = toFailure(error)
    note('refused', { code })
    console.error(`Gyrus could not start: ${message} ${action} [${code}]`)
    process.exit(1)
  }
}

function readPort(text: string): number {
  const port = Number(text)
  if (Number.isInteger(port) && port >= 0 && port < 65_536) return port
  throw new InvalidArgumentError('It is a number from 0 to 65535.')
}

function parse(args: string[]): Options {
  return new Command('npm start --')
    .description(`Gyrus in a browser on this machine. ${BANNER}.`)
    .version(VERSION)
    .option('--no-open', 'print the address only')
    .option('--port <number>', 'port on 127.0.0.1; 0 takes a free one', readPort, 0)
    .option('--data-dir <folder>', 'where cases are kept (default: GYRUS_DATA, else the platform’s place)')
    .option('--passphrase-file <file>', 'what opens an encrypted record (or GYRUS_PASSPHRASE_FILE; else it asks)')
    .option('--browser', 'do not use Electron even where it is installed')
    .parse(args, { from: 'user' })
    .opts<Options>()
}

async function announce(server: LoopbackServer, openIt: boolean): Promise<void> {
  const address = server.newAddress()
  console.log(`Gyrus: ${address}`)
  if (!openIt) return
  const browser = await open(address).catch(() => null)
  browser?.once('error', () => console.error('No browser could be opened; open the address above yourself.'))
}

/** The address works once; a reader who closed the browser gets another one. */
function offerNewLinks(server: LoopbackServer): void {
  if (!process.stdin.isTTY) return
  console.log('Press Enter for a new link, Ctrl+C to stop.')
  createInterface({ input: process.stdin }).on('line', () => console.log(`Gyrus: ${server.newAddress()}`))
}

function endOnSignal(end: () => Promise<void>): void {
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => void end().finally(() => process.exit(0)))
  }
}
