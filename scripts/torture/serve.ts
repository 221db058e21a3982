import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { openCore } from '../../src/main/compose.ts'
import { startLoopback } from '../../src/main/loopback/server.ts'

/** The app as `npm start` runs it for a browser, but for the screens, which need not be built for this. */
const [dataDir = ''] = process.argv.slice(2)
const rendererDir = `${dataDir}.page`
mkdirSync(join(rendererDir, 'assets'), { recursive: true })
writeFileSync(join(rendererDir, 'index.html'), '<!doctype html><title>Gyrus</title>')
const { core } = await openCore(dataDir)
const server = await startLoopback({ core, rendererDir, port: 0, uploads: core.folder.incoming })
core.resume().catch(() => undefined)
core.batches.startQueued()
console.log(`Gyrus: ${server.newAddress()}`)
