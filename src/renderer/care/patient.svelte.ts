import { caseCode } from '../../shared/case-code.ts'
import type { ErasedPatient, PatientPreview } from '../../shared/retention.ts'
import { call, failureOf } from '../client/client.ts'
import { download } from '../client/download.ts'
import type { UiFailure } from '../client/transport.ts'
import { texts } from '../texts.ts'

const t = texts.care.patient

/** What is there of one patient, and what is done with all of it. */
export class Patient {
  name = $state('')
  found = $state.raw<PatientPreview | null>(null)
  failure = $state.raw<UiFailure | null>(null)
  busy = $state(false)
  erased = $state.raw<ErasedPatient | null>(null)

  /** What has to be typed before all of it is erased: the ID, or the code of the case. */
  readonly named: string = $derived(this.found ? (this.found.patientId ?? caseCode(this.found.caseIds[0] ?? '')) : '')
  readonly whose: string = $derived(this.found?.patientId ? t.whose(this.named) : t.case(this.named))

  async find(): Promise<void> {
    const name = this.name.trim()
    if (name === '') return
    await this.#do(async () => {
      this.found = null
      this.found = await call('patients.find', { name })
    })
  }

  /** How it stands now; nothing is shown where nothing is left. */
  async refresh(): Promise<void> {
    if (this.found) await this.find()
  }

  async export(): Promise<void> {
    const { found } = this
    if (!found) return
    await this.#do(async () => download((await call('patients.export', { caseIds: found.caseIds })).path))
  }

  /** True where it was done. */
  async erase(reason: string): Promise<boolean> {
    const { found } = this
    if (!found) return false
    return this.#do(async () => {
      this.erased = await call('patients.erase', { caseIds: found.caseIds, reason })
    })
  }

  clear(): void {
    this.name = ''
    this.found = null
    this.failure = null
    this.erased = null
  }

  async #do(work: () => Promise<void>): Promise<boolean> {
    if (this.busy) return false
    this.busy = true
    try {
      await work()
      this.failure = null
      return true
    } catch (error) {
      this.failure = failureOf(error)
      return false
    } finally {
      this.busy = false
    }
  }
}
