import type { AuditFormat, HeadsStatus, VerifyStatus } from '../../shared/audit.ts'
import type { RequestOutput } from '../../shared/contract.ts'
import { call, failureOf } from '../client/client.ts'
import { download } from '../client/download.ts'
import { onEvent } from '../client/events.ts'
import { toasts } from '../shell/toasts.svelte.ts'
import { entries } from './entries.svelte.ts'
import { auditQuery } from './query.svelte.ts'

/** How the trail stands: its verification, and the signed heads that leave this machine. */
class Trail {
  verify = $state.raw<VerifyStatus>({ state: 'idle' })
  heads = $state.raw<HeadsStatus | null>(null)
  /** What to write on a command line where the trail is broken; null until it is known. */
  commands = $state.raw<RequestOutput<'audit.commands'> | null>(null)

  constructor() {
    onEvent(({ type }) => {
      if (type === 'audit-verify' || type === 'resync') void this.loadVerify()
      if (type === 'audit' || type === 'resync') void this.loadHeads()
    })
  }

  async loadVerify(): Promise<void> {
    this.verify = await call('audit.verifyStatus', {}).catch(() => this.verify)
  }

  async loadHeads(): Promise<void> {
    this.heads = await call('audit.heads', {}).catch(() => this.heads)
  }

  async loadCommands(): Promise<void> {
    this.commands = await call('audit.commands', {}).catch(() => this.commands)
  }

  async start(files: boolean): Promise<void> {
    await call('audit.verify', { files }).catch(tell)
  }

  async cancel(): Promise<void> {
    await call('audit.cancelVerify', {}).catch(tell)
  }

  /** Has the entries that are filtered for written, and the browser save them. */
  async download(format: AuditFormat): Promise<void> {
    try {
      const { path } = await call('audit.export', { format, query: auditQuery.value })
      download(path)
      entries.refresh()
    } catch (error) {
      tell(error)
    }
  }
}

const tell = (error: unknown) => toasts.failure(failureOf(error))

export const trail = new Trail()
