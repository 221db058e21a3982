import type { Statistic } from '../../shared/input-statistics.ts'

/** What monitoring counts by. */
export interface MonitoringTables {
  monitoring_settings: MonitoringSettingsTable
  machine_samples: MachineSamplesTable
  input_statistics: InputStatisticsTable
}

interface MonitoringSettingsTable {
  /** JSON: `Limits`. */
  name: 'limits'
  value: string
}

interface MachineSamplesTable {
  at: string
  /** Of the engine, since the sample before. */
  restarts: number
  memory_bytes: number
  disk_bytes: number
}

interface InputStatisticsTable extends Record<Statistic, number> {
  result_id: number
  distance: number | null
}
