import type { BatchOptions } from '../../shared/batches.ts'
import type { RequestInput, RequestOutput } from '../../shared/contract.ts'
import { isZip } from '../../shared/formats.ts'
import { isDirectoryName } from '../../shared/medium-names.ts'
import type { PassedOver } from '../../shared/passed-over.ts'
import type { HandedPath } from '../../shared/shell.ts'
import { folderQuestion } from '../batches/folder.svelte.ts'
import { call, failureOf, transport } from '../client/client.ts'
import { onEvent } from '../client/events.ts'
import type { UiFailure } from '../client/transport.ts'
import { foreign } from '../format.ts'
import { router } from '../shell/router.svelte.ts'
import { session } from '../shell/session.svelte.ts'
import { toasts } from '../shell/toasts.svelte.ts'
import { texts } from '../texts.ts'
import { query } from '../work-list/query.svelte.ts'
import { pick } from './pick.ts'
import { Uploads } from './uploads.svelte.ts'
import { chosen, entriesOf, type Found, kindsOf, narrowed, walk } from './walk.ts'

type Status = RequestOutput<'intake.status'>
type Problem = { fileName: string; failure: UiFailure }

type BatchRequest = RequestInput<'batches.upload'>

const MAX_NAME = 500
const ASK_EVERY_MS = 250
const PATHS_AT_ONCE = 10_000

export interface Progress {
  done: number
  total: number
  failed: number
  perSecond: number | null
  secondsLeft: number | null
}

/** Scans on their way in: chosen or dropped, uploaded where the shell needs that, read. */
class Intake {
  readonly uploads = new Uploads((problem) => {
    this.#refused++
    this.#addProblems([problem])
  })
  status = $state.raw<Status | null>(null)
  /** Folders are being looked through. */
  scanning = $state(false)
  /** How often scans were opened on this page. */
  opened = $state(0)
  /** Files that did not get on record; shown until dismissed. */
  problems = $state.raw<Problem[]>([])
  /** Uploads of the present go that did not get on record. */
  #refused = $state(0)
  /** Uploads of the present go that are on record as failed. The core's own counts start again whenever its queue runs empty. */
  #failedUploads = $state(0)
  /** When the newest case before the present go was received, by the core's clock. */
  #since: string | null = null
  #asking: ReturnType<typeof setTimeout> | null = null
  /** The core reads something that this page did not upload. */
  #running = false
  /** The folder among the present uploads, if there is one. */
  #folder = ''

  readonly progress: Progress | null = $derived.by(() => {
    const { uploads, status } = this
    if (uploads.total === 0) {
      if (!status || status.remaining === 0) return null
      return {
        done: status.done,
        total: status.total,
        failed: status.failed,
        perSecond: status.imagesPerSecond,
        secondsLeft: status.secondsLeft,
      }
    }
    const done = Math.max(0, uploads.sent - (status?.remaining ?? 0))
    const perSecond = done / Math.max(0.2, (performance.now() - uploads.startedAt) / 1000)
    const left = uploads.total - done
    return {
      done,
      total: uploads.total,
      failed: this.#refused + this.#failedUploads,
      perSecond: done ? perSecond : null,
      secondsLeft: done ? left / perSecond : null,
    }
  })

  start(): void {
    onEvent(({ type }) => {
      if (type === 'intake' || type === 'resync') this.ask()
    })
    this.ask()
    addEventListener('beforeunload', (event) => {
      if (this.uploads.waiting > 0) event.preventDefault()
    })
  }

  /** Asks how far it is, soon. */
  ask(): void {
    this.#asking ??= setTimeout(async () => {
      this.#asking = null
      const { total, waiting } = this.uploads
      const allSent = total > 0 && waiting === 0
      const status = await call('intake.status', {}).catch(() => null)
      if (total > 0) await this.#countFailed()
      if (status) this.#take(status, allSent)
    }, ASK_EVERY_MS)
  }

  async choose(kind: 'files' | 'folder'): Promise<void> {
    const paths = transport.choosePaths(kind)
    if (paths) return kind === 'folder' ? this.#classifyPaths(await paths) : this.#openPaths(await paths)
    const list = await pick(kind)
    if (!list) return
    if (kind === 'folder') await this.#classifyChosen(list)
    else await this.#openFound(chosen(list, null))
  }

  /** What the system wants opened: files at once, folders after the question. */
  async openHanded(paths: HandedPath[]): Promise<void> {
    const [folders, files] = [paths.filter(({ folder }) => folder), paths.filter(({ folder }) => !folder)]
    await this.#openPaths(files.map(({ path }) => path))
    await this.#classifyPaths(folders.map(({ path }) => path))
  }

  get #extensions(): string[] {
    return session.info?.extensions ?? []
  }

  /** Asks how, and has the core classify the folders. */
  async #classifyPaths(paths: string[]): Promise<void> {
    const [first] = paths
    const options = first === undefined ? null : await folderQuestion.ask(first, null)
    if (!options) return
    try {
      const { id } = await call('batches.start', { paths, options })
      router.openBatch(id)
    } catch (error) {
      toasts.failure(failureOf(error))
    }
  }

  /** The same in a browser, which hands the files over. */
  async #classifyChosen(list: FileList): Promise<void> {
    const name = list[0]?.webkitRelativePath.split('/')[0] ?? ''
    this.scanning = true
    const kinds = await kindsOf(list, this.#extensions)
    this.scanning = false
    await this.#classifyFound(name, (options) => chosen(list, { ...options, kinds }))
  }

  async #classifyFound(name: string, find: (options: BatchOptions) => Found): Promise<void> {
    const options = await folderQuestion.ask(name, (given) => find(given).files.length)
    if (!options) return
    const id = await this.#open(find(options), true, { name, options })
    if (id) router.openBatch(id)
  }

  /** Has to be called in the drop's own turn. */
  async drop(transfer: DataTransfer): Promise<void> {
    const dropped = transport.takeDropped()
    if (dropped) return this.openHanded(await dropped)
    const entries = entriesOf(transfer)
    const folder = entries.find(({ isDirectory }) => isDirectory)
    this.scanning = true
    const found = await walk(entries, this.#extensions)
    this.scanning = false
    if (!folder) await this.#openFound(found)
    else if (found.files.length === 0) this.#nothing()
    else await this.#classifyFound(folder.name, (options) => narrowed(found, options))
  }

  async cancel(): Promise<void> {
    const own = this.uploads.cancel()
    const dropped = await call('intake.cancel', {}).then(
      (answer) => answer.dropped,
      (error: unknown) => {
        toasts.failure(failureOf(error))
        return 0
      },
    )
    this.#running = false
    toasts.note(texts.intake.cancelled(own + dropped))
    this.ask()
  }

  /** ZIP files alone lead to their batch, as a folder does. */
  async #openFound(found: Found): Promise<void> {
    const id = await this.#open(found, false)
    if (id && found.files.every(({ name }) => isZip(name))) router.openBatch(id)
  }

  /** A single file is opened as a case, more as a batch. Returns the batch's id. */
  async #open({ files, passedOver }: Found, skipSeen: boolean, asked?: BatchRequest): Promise<string | null> {
    const [first] = files
    if (!first) {
      this.#nothing()
      return null
    }
    if (passedOver.files > 0) toasts.note(texts.intake.passedOver(passedOver.files))
    this.opened++
    const zip = files.some(({ name }) => isZip(name))
    const name = files.length > 1 ? texts.intake.several(foreign(first.name), files.length - 1) : first.name
    // A ZIP file is taken like a folder.
    const named = asked ?? { name, options: { skipSeen: skipSeen || zip } }
    const batch = asked || files.length > 1 || zip ? await this.#startBatch(named, passedOver.list) : null
    if (this.uploads.total === 0) await this.#startCounting()
    this.#folder ||= asked?.name ?? (zip ? name : '')
    this.uploads.add(batch ? files.map((file) => ({ ...file, batch })) : files)
    this.#watch()
    return batch
  }

  /** Without one its files are opened all the same, as cases. */
  async #startBatch(request: BatchRequest, passedOver: PassedOver[]): Promise<string | null> {
    try {
      const name = request.name.toWellFormed().slice(0, MAX_NAME)
      return (await call('batches.upload', { ...request, name, passedOver })).id
    } catch (error) {
      toasts.failure(failureOf(error))
      return null
    }
  }

  async #openPaths(paths: string[]): Promise<void> {
    if (paths.length > 0) this.opened++
    let last: string | null = null
    for (let at = 0; at < paths.length; at += PATHS_AT_ONCE) {
      await this.#handOver(async () => {
        last = (await call('scans.open', { paths: paths.slice(at, at + PATHS_AT_ONCE) })).batch
      })
    }
    if (last !== null && paths.every(leadsToMany)) router.openBatch(last)
  }

  /** False where they could not be opened; that is told. */
  openSamples(): Promise<boolean> {
    return this.#handOver(() => call('samples.open', {}))
  }

  /** What the core takes over may be read before it is asked how far it is, on a page that is new even for the first time. */
  async #handOver(request: () => Promise<unknown>): Promise<boolean> {
    try {
      await request()
      this.#running = true
      return true
    } catch (error) {
      toasts.failure(failureOf(error))
      return false
    } finally {
      this.ask()
    }
  }

  #nothing(): void {
    const { nothing, nothingAction } = texts.intake
    toasts.failure({ code: 'folder-empty', message: nothing, action: nothingAction(session.formats) })
  }

  /** While uploads run, the core may be idle in between and then sends no event. */
  #watch(): void {
    this.ask()
    if (this.uploads.total > 0) setTimeout(() => this.#watch(), 2 * ASK_EVERY_MS)
  }

  /** `allSent`: the status was asked for after the last upload, so that it knows of all of them. */
  #take(status: Status, allSent: boolean): void {
    const before = this.status
    this.status = status
    this.#addProblems(status.problems)
    const { uploads } = this
    if (uploads.total > 0) {
      this.#running = false
      if (allSent && uploads.waiting === 0 && status.remaining === 0) this.#finishUploads()
    } else if (status.remaining > 0) {
      this.#running = true
    } else if (this.#running || (before && (status.done !== before.done || status.failed !== before.failed))) {
      // The second where all was read between two questions.
      this.#running = false
      this.#tell(status.total, status.failed)
    }
  }

  async #startCounting(): Promise<void> {
    const newest = await call('cases.list', { query: {}, limit: 1 }).catch(() => null)
    if (this.uploads.total > 0) return
    const at = newest?.rows[0]?.receivedAt
    this.#since = at ? new Date(Date.parse(at) + 1).toISOString() : null
    this.#refused = 0
    this.#failedUploads = 0
  }

  async #countFailed(): Promise<void> {
    const query = { states: ['failed' as const], from: this.#since }
    const failed = await call('cases.list', { query, limit: 1 }).catch(() => null)
    if (failed) this.#failedUploads = failed.total
  }

  /** The core forgets its problems when its queue runs empty, and tells the same ones until then. */
  #addProblems(problems: Problem[]): void {
    const known = (one: Problem) =>
      this.problems.some((other) => other.fileName === one.fileName && other.failure.code === one.failure.code)
    const added = problems.filter((one) => !known(one))
    if (added.length > 0) this.problems = [...this.problems, ...added]
  }

  #finishUploads(): void {
    const { total } = this.uploads
    const failed = Math.min(total, this.#refused + this.#failedUploads)
    this.uploads.reset()
    // What of a folder was seen before was not analysed; its batch tells the numbers.
    if (this.#folder) toasts.note(texts.batches.takenIn(foreign(this.#folder)))
    else this.#tell(total, failed)
    this.#folder = ''
  }

  #tell(total: number, failed: number): void {
    if (total === 0) return
    const done = texts.intake.done(total - failed, failed)
    const text = query.filtered ? `${done} ${texts.intake.filtered}` : done
    if (failed === 0) toasts.note(text)
    else toasts.failure({ code: 'some-failed', message: text, action: '' })
  }
}

export const intake = new Intake()

/** A ZIP file, or the directory of a medium. */
const leadsToMany = (path: string) => isZip(path) || isDirectoryName(path.split(/[\\/]/).at(-1) ?? '')
