import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { type OnEnd, temporaryFolder } from './cleanup.ts'
import { pathOf } from './dicom-tools.ts'
import { freePort } from './free-port.ts'

const LOOPBACK = '127.0.0.1'
const PATIENCE_MS = 20_000

interface Statistics {
  CountStudies: number
  CountSeries: number
  CountInstances: number
}

/** A PACS of its own on this machine's loopback, empty, gone at the end. */
export class Orthanc {
  readonly #http: number
  readonly #dicom: number

  private constructor(http: number, dicom: number) {
    this.#http = http
    this.#dicom = dicom
  }

  /** `more`: of its configuration, e.g. `DicomModalities`. */
  static async start(onEnd: OnEnd, more: object = {}): Promise<Orthanc> {
    const folder = temporaryFolder(onEnd)
    const [http, dicom] = [await freePort(), await freePort()]
    const config = join(folder, 'orthanc.json')
    writeFileSync(
      config,
      JSON.stringify({
        StorageDirectory: folder,
        IndexDirectory: folder,
        HttpPort: http,
        DicomPort: dicom,
        RemoteAccessAllowed: false,
        AuthenticationEnabled: false,
        DicomAlwaysAllowStore: true,
        DicomAlwaysAllowFind: true,
        DicomAlwaysAllowGet: true,
        DicomAlwaysAllowMove: true,
        Plugins: [],
        ...more,
      }),
    )
    const child = spawn(pathOf('orthanc'), [config], { stdio: 'ignore' })
    const ended = once(child, 'exit')
    onEnd(async () => {
      child.kill()
      await ended
    })
    const orthanc = new Orthanc(http, dicom)
    const until = Date.now() + PATIENCE_MS
    while (!(await orthanc.#answers())) {
      if (child.exitCode !== null) throw new Error(`Orthanc ended with ${child.exitCode}`)
      if (Date.now() > until) throw new Error('Orthanc does not answer')
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
    return orthanc
  }

  /** Where it speaks DIMSE. */
  get port(): number {
    return this.#dicom
  }

  /** Sends a file by C-STORE, as DCMTK does it; `-R`: of its kind, which the usual list may lack. */
  async store(file: Uint8Array): Promise<void> {
    const path = join(temporaryFolder(), 'sent.dcm')
    writeFileSync(path, file)
    const storescu = join(dirname(pathOf('dcmdump')), 'storescu')
    await promisify(execFile)(storescu, ['-R', LOOPBACK, String(this.#dicom), path])
  }

  /** Numbers of what there is. */
  async count(): Promise<Statistics> {
    return (await (await this.#get('statistics')).json()) as Statistics
  }

  /** A file by its SOP Instance UID. */
  async fetch(uid: string): Promise<Uint8Array> {
    const found = await fetch(this.#url('tools/lookup'), { method: 'POST', body: uid })
    const [instance] = (await found.json()) as { ID: string }[]
    if (!instance) throw new Error(`Orthanc has no ${uid}`)
    return new Uint8Array(await (await this.#get(`instances/${instance.ID}/file`)).arrayBuffer())
  }

  async #get(path: string): Promise<Response> {
    const response = await fetch(this.#url(path))
    if (!response.ok) throw new Error(`Orthanc answers ${response.status}`)
    return response
  }

  async #answers(): Promise<boolean> {
    return await fetch(this.#url('system')).then(
      ({ ok }) => ok,
      () => false,
    )
  }

  #url(path: string): string {
    return `http://${LOOPBACK}:${this.#http}/${path}`
  }
}
