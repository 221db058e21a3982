import type { CaseDetail } from '../../../shared/cases.ts'
import type { DicomFacts } from '../../../shared/dicom.ts'
import { ruleText } from '../../../shared/series.ts'
import type { ReadStore } from '../../store/types.ts'
import type { SeriesSummary } from '../dicom-objects/types.ts'

/** The slices that decided for a series, or frames for a file, the key slice first, then in the order of the stack. */
export interface DecidingSlices {
  facts: DicomFacts[]
  summary: SeriesSummary
}

/** Where none decided, the one that stands for the series. Null where the case is no series. */
export async function decidingSlices(
  store: ReadStore,
  { id, dicom, series: of }: CaseDetail,
): Promise<DecidingSlices | null> {
  const series = of === null || of.id === id ? await store.seriesOf(id) : null
  if (!series) return null
  const { slices, counted, rule, cautions } = series
  const deciding = series.deciding ?? []
  const inOrder = [series.key, ...deciding.filter((place) => place !== series.key)]
  const facts = async (place: number): Promise<DicomFacts[]> => {
    const slice = slices[place]
    if (!slice) return []
    if (slice.frame !== null) return dicom ? [{ ...dicom, frame: slice.frame + 1 }] : []
    const { dicom: own } = await store.getCase(slice.caseId)
    return own ? [own] : []
  }
  return {
    facts: (await Promise.all(inOrder.map(facts))).flat(),
    summary: {
      rule: { id: rule, text: ruleText(rule) },
      ...{ slices: slices.length, counted, key: series.key + 1, deciding: deciding.length, cautions },
    },
  }
}
