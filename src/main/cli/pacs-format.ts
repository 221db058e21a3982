import type { FoundImage, FoundSeries, FoundStudy, KnownPacs, PacsTest } from '../../shared/pacs.ts'

/** Lines of `gyrus pacs`. */

export function formatPacs({ settings }: KnownPacs): string {
  const state = settings.on ? '' : ' (off)'
  if (settings.kind === 'dicomweb') return `${settings.name}${state}: ${settings.url}`
  const { name, calledAe, host, port, retrieveBy, tls } = settings
  return `${name}${state}: ${calledAe}@${host}:${port}, C-${retrieveBy.toUpperCase()}${tls.on ? ', TLS' : ''}`
}

export const formatTest = ({ milliseconds, services }: PacsTest): string =>
  `It answers (${milliseconds.toFixed(0)} ms); it offers ${services.join(', ') || 'nothing else'}.`

export const formatStudy = (study: FoundStudy): string =>
  columns(
    study.studyUid,
    study.patientName,
    study.patientId,
    study.studyDate,
    study.description,
    study.modalities.join('/'),
    study.accessionNumber,
    countOf(study.images),
  )

export const formatSeries = (series: FoundSeries): string =>
  columns(
    series.seriesUid,
    series.number === null ? '' : String(series.number),
    series.modality,
    series.description,
    series.bodyPart,
    countOf(series.images),
  )

export const formatImage = ({ instanceUid, number }: FoundImage): string =>
  columns(instanceUid, number === null ? '' : String(number))

const countOf = (images: number | null) => (images === null ? '' : `${images} images`)
const columns = (...values: string[]) => values.map((value) => value || '–').join('  ')
