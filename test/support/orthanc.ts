import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { connect } from 'node:net'
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

export interface OrthancOptions {
  /** Offers DICOMweb. */
  web?: boolean
  /** Who is let in at HTTP; nobody has to say who they are where it is left out. */
  user?: { name: string; password: string }
  /** The rest is its own configuration, e.g. `DicomModalities`. */
  [name: string]: unknown
}

/** A PACS of its own on this machine's loopback, empty, gone at the end. */
export class Orthanc {
  readonly folder: string
  readonly #http: number
  readonly #dicom: number
  readonly #options: OrthancOptions
  #stop: () => Promise<void> = async () => undefined

  private constructor(http: number, dicom: number, folder: string, options: OrthancOptions) {
    this.#http = http
    this.#dicom = dicom
    this.folder = folder
    this.#options = options
  }

  static async start(onEnd: OnEnd, options: OrthancOptions = {}): Promise<Orthanc> {
    const orthanc = new Orthanc(await freePort(), await freePort(), temporaryFolder(onEnd), options)
    await orthanc.#start()
    onEnd(() => orthanc.stop())
    return orthanc
  }

  /** Root of its DICOMweb services. */
  get url(): string {
    return this.#url('dicom-web')
  }

  /** It is not there for now. */
  stop(): Promise<void> {
    return this.#stop()
  }

  /** It is there again, at the same place with what it had. */
  async again(): Promise<void> {
    await this.#start()
  }

  async #start(): Promise<void> {
    const config = join(this.folder, 'orthanc.json')
    writeFileSync(config, JSON.stringify(this.#config()))
    const child = spawn(pathOf('orthanc'), [config], { stdio: 'ignore' })
    const ended = once(child, 'exit')
    this.#stop = async () => {
      child.kill()
      await ended
    }
    const until = Date.now() + PATIENCE_MS
    while (!(await this.#answers())) {
      if (child.exitCode !== null) throw new Error(`Orthanc ended with ${child.exitCode}`)
      if (Date.now() > until) throw new Error('Orthanc does not answer')
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
  }

  #config(): object {
    const { web, user, ...more } = this.#options
    return {
      StorageDirectory: this.folder,
      IndexDirectory: this.folder,
      HttpPort: this.#http,
      DicomPort: this.#dicom,
      RemoteAccessAllowed: false,
      AuthenticationEnabled: user !== undefined,
      ...(user && { RegisteredUsers: { [user.name]: user.password } }),
      DicomAlwaysAllowStore: true,
      DicomAlwaysAllowFind: true,
      DicomAlwaysAllowGet: true,
      DicomAlwaysAllowMove: true,
      Plugins: web ? [pathOf('orthancWeb')] : [],
      ...(web && { DicomWeb: { Enable: true, Root: '/dicom-web/' } }),
      ...more,
    }
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

  /** What its own REST interface says of something. */
  async json<T>(path: string): Promise<T> {
    return (await (await this.#get(path)).json()) as T
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

  /** Whether its port is open: it may ask who we are. */
  async #answers(): Promise<boolean> {
    const socket = connect(this.#http, LOOPBACK)
    return await once(socket, 'connect')
      .then(
        () => true,
        () => false,
      )
      .finally(() => socket.destroy())
  }

  #url(path: string): string {
    return `http://${LOOPBACK}:${this.#http}/${path}`
  }
}
