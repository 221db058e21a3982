import { BANNER, LABEL_NAMES } from '../../../shared/labels.ts'
import { CODES } from './codes.ts'
import { all, type ContentItem, codeOf, containerOf, contentOf, imageOf, textOf } from './content.ts'
import type { DataSet } from './data-set.ts'
import { evidenceOf } from './evidence.ts'
import { contentMoment, equipmentModule, KINDS, referenceTo, seriesModule, sopModule, studyModules } from './modules.ts'
import { deviceObserver } from './observers.ts'
import { part10 } from './part10.ts'
import { summaryText } from './series-summary.ts'
import type { MadeObject, ResultInput } from './types.ts'
import { derivedUid } from './uid.ts'

export const KEY_OBJECT_SELECTION = '1.2.840.10008.5.1.4.1.1.88.59'

/** A result of a series; the images are those that are worth a look, the most suspicious first. */
export type KeyObjectInput = Pick<ResultInput, 'source' | 'result' | 'installation' | 'at'>

/** Suspicious slices as a Key Object Selection (TID 2010): viewers jump to them. The same choice has the same UID. */
export async function keyObjects(input: KeyObjectInput): Promise<MadeObject> {
  const { source, result, installation, at } = input
  const chosen = source.images.map(({ uid, frames }) => [uid, ...frames].join('/'))
  const dataSet: DataSet = {
    ...studyModules(source),
    ...equipmentModule(installation),
    ...seriesModule(KINDS.keyObjects, source, installation),
    ReferencedPerformedProcedureStepSequence: [],
    ...sopModule(KEY_OBJECT_SELECTION, derivedUid(installation.id, 'KO', result.id, ...chosen), at, installation),
    InstanceNumber: '1',
    ...contentMoment(at, installation),
    CurrentRequestedProcedureEvidenceSequence: evidenceOf(source),
    ...contentOf(selection(input)),
    ContentTemplateSequence: [{ MappingResource: 'DCMR', TemplateIdentifier: '2010' }],
  }
  return { reference: referenceTo(dataSet), file: await part10(dataSet, installation.softwareVersion) }
}

function selection({ source, result, installation }: KeyObjectInput): ContentItem {
  const { algorithm, model, label, series } = result
  const seen = `Most suspicious slices by ${algorithm.name} ${algorithm.version}, model ${model.id}${label ? `: ${LABEL_NAMES[label]}` : ''}`
  const of = series ? [summaryText(series), 'The reader’s verdict is in the structured report of this result.'] : []
  return containerOf(CODES.ofInterest, [
    ...all('HAS CONCEPT MOD', [codeOf(CODES.language, CODES.english)]),
    ...all('HAS OBS CONTEXT', deviceObserver(installation)),
    ...all('CONTAINS', [
      textOf(CODES.keyObjectDescription, [BANNER, seen, ...of].join('\r\n')),
      ...source.images.map((image) => imageOf(null, image)),
    ]),
  ])
}
