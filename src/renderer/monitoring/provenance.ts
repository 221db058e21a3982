import { dayOf } from '../../shared/days.ts'
import { moment } from '../../shared/moment.ts'
import type { UseReport } from '../../shared/monitoring.ts'
import { texts } from '../texts.ts'

const t = texts.monitoring.provenance

/** From which data, which model and when the numbers of each part of a report are: told wherever one is pointed at. */
export function provenance(report: UseReport): Record<'use' | 'drift' | 'trained' | 'machine', string> {
  const { query, driftModel, baseline, training } = report
  const cases = t.cases(filtersOf(query))
  const counted = t.counted(moment(report.at))
  const told = (...lines: string[]) => [...lines, counted].join('\n')
  return {
    use: told(cases, t.model(query.model ?? texts.monitoring.about.allModels)),
    drift: told(
      cases,
      t.model(driftModel),
      ...(baseline ? [t.baseline(baseline.n, dayOf(baseline.from), dayOf(baseline.until))] : []),
    ),
    trained: told(cases, t.model(driftModel), ...(training ? [t.training(training)] : [])),
    machine: told(t.machine),
  }
}

function filtersOf({ source, scanner, sequence, reader }: UseReport['query']): string[] {
  const { filters } = texts.monitoring
  return [
    ...(source === null ? [] : [`${filters.source}: ${texts.sources[source]}`]),
    ...(scanner === null ? [] : [`${filters.scanner}: ${scanner || texts.monitoring.filters.notSaid}`]),
    ...(sequence === null ? [] : [`${filters.sequence}: ${sequence || texts.monitoring.filters.notSaid}`]),
    ...(reader === null ? [] : [`${filters.reader}: ${reader}`]),
  ]
}
