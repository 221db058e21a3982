import type { LabelMap } from '../../shared/dataset.ts'
import type { Label } from '../../shared/labels.ts'
import type { Survey } from '../../shared/survey.ts'
import { call, failureOf, transport } from '../client/client.ts'
import { onEvent } from '../client/events.ts'
import { Form } from '../client/form.svelte.ts'
import type { UiFailure } from '../client/transport.ts'
import { pick } from '../intake/pick.ts'
import { texts } from '../texts.ts'
import { HandOver, wantedOf } from './hand-over.svelte.ts'
import { listUrl } from './places.ts'

/** Where the files are: a path that the shell's own dialog gave, or what was handed over. */
type Source = { kind: 'path'; path: string } | { kind: 'staged'; id: string; name: string }
export type Meaning = Label | 'skip' | ''

/** A data set that is about to be imported. It stays as it is while other screens are open. */
class Wizard {
  kind = $state<'folder' | 'signed'>('folder')
  name = $state('')
  since = $state('')
  source = $state.raw<Source | null>(null)
  handOver = $state.raw<HandOver | null>(null)
  survey = $state.raw<Survey | null>(null)
  surveying = $state(false)
  failure = $state.raw<UiFailure | null>(null)
  /** A table of the images; empty where the folders say what they are. */
  table = $state('')
  patients = $state('')
  /** What somebody chose for a name of the set. */
  chosen = $state<Record<string, Meaning>>({})
  readonly form = new Form()

  readonly unknown = $derived((this.survey?.classes ?? []).filter(({ name }) => this.meaningOf(name) === '').length)
  readonly images = $derived(
    (this.survey?.classes ?? [])
      .filter(({ name }) => !['', 'skip'].includes(this.meaningOf(name)))
      .reduce((sum, { images }) => sum + images, 0),
  )
  readonly ready = $derived.by(() => {
    if (this.name.trim() === '' || this.handOver !== null) return false
    if (this.kind === 'signed') return true
    return this.survey !== null && this.survey.problem === null && this.unknown === 0 && this.images > 0
  })

  meaningOf(name: string): Meaning {
    return this.chosen[name] ?? this.survey?.classes.find((one) => one.name === name)?.label ?? ''
  }

  async choose(): Promise<void> {
    this.failure = null
    const paths = transport.choosePaths('folder')
    if (paths) {
      const [path] = await paths
      if (path !== undefined) await this.#take({ kind: 'path', path })
      return
    }
    const list = await pick('folder')
    if (list && list.length > 0) await this.#handOver(list)
  }

  /** Ends the hand-over; what was handed over goes. */
  async stop(): Promise<void> {
    this.handOver?.stop()
    this.handOver = null
    await this.#forget()
  }

  /** Looks again at what the set calls its classes; what was chosen before was for other names. */
  async look(): Promise<void> {
    const { source } = this
    if (!source) return
    this.surveying = true
    this.chosen = {}
    try {
      this.survey = await this.#survey(source)
      this.failure = null
    } catch (error) {
      this.survey = null
      this.failure = failureOf(error)
    } finally {
      this.surveying = false
    }
  }

  start = (): Promise<boolean> =>
    this.form.send(async () => {
      const name = this.name.trim()
      if (this.kind === 'signed') {
        await call('datasets.importSigned', { name, since: this.since === '' ? null : this.since })
      } else if (this.source?.kind === 'path') {
        await call('datasets.import', { name, ...this.#paths(this.source.path), map: this.#map })
      } else if (this.source) {
        const { table, patients: patientTable } = this.#inside
        await call('datasets.importStaged', { id: this.source.id, name, table, patientTable, map: this.#map })
      }
      this.#clearWhenDone()
      location.hash = listUrl
    })

  async #take(source: Source): Promise<void> {
    this.source = source
    this.table = ''
    this.patients = ''
    await this.look()
    const tables = this.survey?.tables ?? []
    this.patients = tables.find((one) => /patient/i.test(one)) ?? ''
    const images = tables.find((one) => one !== this.patients)
    if (!this.survey?.problem || images === undefined) return
    this.table = images
    await this.look()
  }

  async #handOver(list: FileList): Promise<void> {
    const { name, files } = wantedOf(list)
    await this.stop()
    if (files.length === 0) {
      this.failure = { code: 'folder-empty', message: texts.dataSets.wizard.empty, action: '' }
      return
    }
    try {
      const { id } = await call('datasets.stage', { called: name.toWellFormed().slice(0, 500) })
      const handOver = new HandOver(files)
      this.handOver = handOver
      this.source = { kind: 'staged', id, name }
      if (!(await handOver.run(id))) return
      this.handOver = null
      this.refused = handOver.refused
      await this.#take({ kind: 'staged', id, name })
    } catch (error) {
      this.handOver = null
      this.failure = failureOf(error)
    }
  }

  /** What of the folder was not taken. */
  refused = $state.raw<HandOver['refused']>([])

  async #forget(): Promise<void> {
    const { source } = this
    this.source = null
    this.survey = null
    this.refused = []
    this.chosen = {}
    if (source?.kind === 'staged') await call('datasets.unstage', { id: source.id }).catch(() => undefined)
  }

  #survey(source: Source): Promise<Survey> {
    if (source.kind === 'path') return call('datasets.survey', { path: this.#paths(source.path).path })
    return call('datasets.surveyStaged', { id: source.id, table: this.#inside.table })
  }

  get #inside(): { table: string | null; patients: string | null } {
    return { table: this.table || null, patients: this.patients || null }
  }

  /** Node takes `/` on every system. */
  #paths(folder: string): { path: string; patients: string | null } {
    const { table, patients } = this.#inside
    const inside = (file: string) => `${folder}/${file}`
    return { path: table === null ? folder : inside(table), patients: patients === null ? null : inside(patients) }
  }

  /** Only what says more than the set's own names. */
  get #map(): LabelMap {
    const told = (this.survey?.classes ?? []).flatMap(({ name, label }) => {
      const meaning = this.chosen[name]
      return meaning === undefined || meaning === '' || meaning === label ? [] : [[name, meaning] as const]
    })
    return Object.fromEntries(told)
  }

  /** Where it comes to nothing, all that was said is still there to be corrected. */
  #clearWhenDone(): void {
    const stop = onEvent(({ type }) => {
      if (type !== 'dataset-import' && type !== 'resync') return
      void call('datasets.importStatus', {}).then(
        ({ state }) => {
          if (state === 'running') return
          stop()
          if (state === 'done') this.#clear()
        },
        () => undefined,
      )
    })
  }

  #clear(): void {
    this.name = ''
    this.since = ''
    this.source = null
    this.survey = null
    this.refused = []
    this.chosen = {}
  }
}

export const wizard = new Wizard()
