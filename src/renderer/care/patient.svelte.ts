import { caseCode } from '../../shared/case-code.ts'
import type { ErasedPatient, PatientPreview } from '../../shared/retention.ts'
import { call } from '../client/client.ts'
import { download } from '../client/download.ts'
import { Form } from '../client/form.svelte.ts'
import { texts } from '../texts.ts'

const t = texts.care.patient

/** What is there of one patient, and what is done with all of it. */
export class Patient extends Form {
  name = $state('')
  found = $state.raw<PatientPreview | null>(null)
  erased = $state.raw<ErasedPatient | null>(null)

  /** What has to be typed before all of it is erased: the ID, or the code of the case. */
  readonly named: string = $derived(this.found ? (this.found.patientId ?? caseCode(this.found.caseIds[0] ?? '')) : '')
  readonly whose: string = $derived(this.found?.patientId ? t.whose(this.named) : t.case(this.named))

  async find(): Promise<void> {
    const name = this.name.trim()
    if (name === '') return
    await this.send(async () => {
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
    await this.send(async () => download((await call('patients.export', { caseIds: found.caseIds })).path))
  }

  /** True where it was done. */
  async erase(reason: string): Promise<boolean> {
    const { found } = this
    if (!found) return false
    return this.send(async () => {
      this.erased = await call('patients.erase', { caseIds: found.caseIds, reason })
    })
  }

  clear(): void {
    this.name = ''
    this.found = null
    this.failure = null
    this.erased = null
  }
}
