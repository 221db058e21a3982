import type { RequestOutput } from '../../shared/contract.ts'
import type { SourceRule } from '../../shared/source-rule.ts'
import type { FolderStatus, ListenerSettings } from '../../shared/sources.ts'
import { call, failureOf, transport } from '../client/client.ts'
import { onEvent } from '../client/events.ts'
import type { UiFailure } from '../client/transport.ts'
import { toasts } from '../shell/toasts.svelte.ts'
import { texts } from '../texts.ts'
import { ruleTexts } from './rule-texts.ts'

const t = texts.sourcesPart

/** Where scans come from by themselves. */
export class SourceList {
  now = $state.raw<RequestOutput<'sources.list'> | null>(null)
  failure = $state.raw<UiFailure | null>(null)
  /** What a question to the listener showed. */
  listenerTest = $state.raw<
    'running' | { answer: RequestOutput<'pacs.test-listener'> } | { failure: UiFailure } | null
  >(null)
  readonly #stop = onEvent(({ type }) => {
    if (type === 'sources' || type === 'resync') void this.load()
  })

  stop(): void {
    this.#stop()
  }

  async load(): Promise<void> {
    try {
      this.now = await call('sources.list', {})
      this.failure = null
    } catch (error) {
      this.failure = failureOf(error)
    }
  }

  /** `key`: left out, it stays. */
  setListener = (settings: ListenerSettings, key?: string): Promise<void> => {
    this.listenerTest = null
    return this.#try(() => call('sources.set-listener', { ...settings, ...(key && { key }) }), t.listener.saved)
  }

  async testListener(): Promise<void> {
    this.listenerTest = 'running'
    try {
      this.listenerTest = { answer: await call('pacs.test-listener', {}) }
    } catch (error) {
      this.listenerTest = { failure: failureOf(error) }
    }
  }

  /** The shell's own dialog. */
  async addFolder(): Promise<void> {
    const [path] = (await transport.choosePaths('folder')) ?? []
    if (path !== undefined) {
      await this.#try(() => call('sources.add-folder', { path, subFolders: true }), t.folders.added)
    }
  }

  setFolder = ({ id, on, subFolders }: Pick<FolderStatus, 'id' | 'on' | 'subFolders'>): Promise<void> =>
    this.#try(() => call('sources.set-folder', { id, on, subFolders }))

  setRule = (id: string, rule: SourceRule): Promise<void> =>
    this.#try(() => call('sources.set-rule', { id, rule }), ruleTexts.saved)

  removeFolder = (id: string): Promise<void> =>
    this.#try(() => call('sources.remove-folder', { id }), t.folders.removed)

  async #try(work: () => Promise<unknown>, done?: string): Promise<void> {
    try {
      await work()
      if (done !== undefined) toasts.note(done)
    } catch (error) {
      toasts.failure(failureOf(error))
    }
    await this.load()
  }
}
