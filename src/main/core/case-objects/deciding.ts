import type { CaseDetail } from '../../../shared/cases.ts'
import type { DicomFacts } from '../../../shared/dicom.ts'
import { ruleText } from '../../../shared/series.ts'
import type { ReadStore } from '../../store/types.ts'
import type { SeriesSummary } from '../dicom-objects/types.ts'

/** The slices that decided for a series, the key slice first, then in the order of the stack. */
export interface DecidingSlices {
  facts: DicomFacts[]
  summary: SeriesSummary
}

/** Null where the case is no series, or nothing was decided. */
export async function decidingSlices(store: ReadStore, { id, series: of }: CaseDetail): Promise<DecidingSlices | null> {
  const series = of?.id === id ? await store.seriesOf(id) : null
  if (!series?.deciding) return null
  const { deciding, slices, counted, rule, cautions } = series
  const inOrder = [series.key, ...deciding.filter((place) => place !== series.key)]
  const cases = await Promise.all(inOrder.map((place) => store.getCase(slices[place]?.caseId ?? '')))
  return {
    facts: cases.flatMap(({ dicom }) => dicom ?? []),
    summary: {
      rule: { id: rule, text: ruleText(rule) },
      ...{ slices: slices.length, counted, key: series.key + 1, deciding: deciding.length, cautions },
    },
  }
}
