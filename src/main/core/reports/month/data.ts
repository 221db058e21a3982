import type { Alarm, Limits, UseReport } from '../../../../shared/monitoring.ts'

/** All that the report of a month says, as plain data: it asks no record. */
export interface MonthReport {
  /** `2026-11`. */
  month: string
  from: string
  /** Not in it. */
  until: string
  /** Whether the month had ended when it was counted. */
  over: boolean
  /** When it was counted. */
  at: string
  /** '' where nobody said. */
  department: string
  /** Id of the installation. */
  installation: string
  madeFor: string
  /** In force in the month, one after the other. */
  models: ModelInMonth[]
  /** Of the month. */
  own: UseReport
  /** By month, the reported one last; drift is of the model that answered most in it. */
  year: UseReport
  alarms: AlarmInMonth[]
  /** As they are when the report is made. */
  limits: Limits
}

export interface ModelInMonth {
  id: string
  /** SHA-256; null where neither the record nor a card tells it. */
  weights: string | null
  /** By its card; null where that is not on this machine any more. */
  name: string | null
  version: string | null
  /** Null for the model that came with Gyrus, before all activations. */
  activated: { at: string; by: string } | null
}

export interface AlarmInMonth extends Alarm {
  model: string
  from: string
  /** Null while it stands. */
  until: string | null
}
