import { contentOf } from './content.ts'
import type { DataSet } from './data-set.ts'
import { evidenceOf, predecessorsOf } from './evidence.ts'
import { measurementReport } from './measurement-report.ts'
import { contentMoment, equipmentModule, KINDS, referenceTo, seriesModule, sopModule, studyModules } from './modules.ts'
import { momentOf } from './moment.ts'
import { part10 } from './part10.ts'
import { oneLine, personName } from './text.ts'
import type { MadeObject, ResultInput } from './types.ts'
import { derivedUid } from './uid.ts'

export const COMPREHENSIVE_3D_SR = '1.2.840.10008.5.1.4.1.1.88.34'

/**
 * A result as a Comprehensive 3D SR (PS3.3 A.35.13) in the study of its images. It is complete, final and verified only
 * where a reader has signed; until then it is partial, preliminary and unverified. The same result with the same verdict
 * in the same state has the same UID.
 */
export async function structuredReport(input: ResultInput): Promise<MadeObject> {
  const { source, result, verdict, predecessors, installation, at } = input
  const state = verdict?.signed ? 'signed' : 'unsigned'
  const uid = derivedUid(installation.id, 'SR', result.id, verdict?.id ?? '', state)
  const dataSet: DataSet = {
    ...studyModules(source),
    ...equipmentModule(installation),
    ...seriesModule(KINDS.report, source, installation),
    ReferencedPerformedProcedureStepSequence: [],
    ...sopModule(COMPREHENSIVE_3D_SR, uid, at, installation),
    InstanceNumber: String(predecessors.length + 1),
    ...contentMoment(at, installation),
    ...stateOf(input),
    PredecessorDocumentsSequence: predecessors.length > 0 ? predecessorsOf(predecessors) : undefined,
    PerformedProcedureCodeSequence: [],
    CurrentRequestedProcedureEvidenceSequence: evidenceOf(source),
    ...contentOf(measurementReport(input)),
    ContentTemplateSequence: [{ MappingResource: 'DCMR', TemplateIdentifier: '1500' }],
  }
  return { reference: referenceTo(dataSet), file: await part10(dataSet, installation.softwareVersion) }
}

function stateOf({ verdict, installation }: ResultInput): DataSet {
  const { organisation, utcOffsetMinutes } = installation
  if (!verdict?.signed)
    return {
      PreliminaryFlag: 'PRELIMINARY',
      CompletionFlag: 'PARTIAL',
      CompletionFlagDescription: verdict ? 'Read, but not signed' : 'Not read yet',
      VerificationFlag: 'UNVERIFIED',
    }
  return {
    PreliminaryFlag: 'FINAL',
    CompletionFlag: 'COMPLETE',
    VerificationFlag: 'VERIFIED',
    VerifyingObserverSequence: [
      {
        // Must not be empty.
        VerifyingOrganization: oneLine(organisation, 64) || 'Not stated',
        VerificationDateTime: momentOf(verdict.signed.at, utcOffsetMinutes).dateTime,
        VerifyingObserverName: personName(verdict.signed.by),
        VerifyingObserverIdentificationCodeSequence: [],
      },
    ],
  }
}
