import type { Migration } from 'kysely/migration'
import * as record from './0001-record.ts'
import * as preferences from './0002-preferences.ts'
import * as datasets from './0003-datasets.ts'
import * as modelActivations from './0004-model-activations.ts'
import * as trainingRuns from './0005-training-runs.ts'
import * as auditBindings from './0006-audit-bindings.ts'
import * as accounts from './0007-accounts.ts'
import * as batches from './0008-batches.ts'
import * as signatures from './0009-signatures.ts'
import * as history from './0010-history.ts'
import * as care from './0011-care.ts'
import * as secondReadings from './0012-second-readings.ts'
import * as retention from './0013-retention.ts'
import * as searchAndSalt from './0014-search-and-salt.ts'
import * as noReplacing from './0015-no-replacing.ts'
import * as monitoring from './0016-monitoring.ts'
import * as inputStatistics from './0017-input-statistics.ts'
import * as shallowFold from './0018-shallow-fold.ts'
import * as featureDistance from './0019-feature-distance.ts'
import * as dicom from './0020-dicom.ts'
import * as sources from './0021-sources.ts'
import * as dicomObjects from './0023-dicom-objects.ts'
import * as series from './0024-series.ts'
import * as pacs from './0025-pacs.ts'
import * as sourceRules from './0026-source-rules.ts'
import * as sendings from './0027-sendings.ts'
import * as passedOver from './0028-passed-over.ts'
import * as inputGate from './0029-input-gate.ts'
import * as featureVectors from './0030-feature-vectors.ts'
import * as experiments from './0031-experiments.ts'
import * as urgency from './0032-urgency.ts'
import * as organisations from './0033-organisations.ts'
import * as regionFeatures from './0034-region-features.ts'
import * as frameAnswers from './0035-frame-answers.ts'
import * as language from './0037-language.ts'
import * as workList from './0038-work-list.ts'
import * as editedLast from './0039-edited-last.ts'
import * as stations from './0040-stations.ts'
import * as runProgress from './0042-run-progress.ts'

/** Forward only. A number is given once and its migration never changes after a release. */
export const MIGRATIONS: Record<string, Migration> = {
  '0001-record': record,
  '0002-preferences': preferences,
  '0003-datasets': datasets,
  '0004-model-activations': modelActivations,
  '0005-training-runs': trainingRuns,
  '0006-audit-bindings': auditBindings,
  '0007-accounts': accounts,
  '0008-batches': batches,
  '0009-signatures': signatures,
  '0010-history': history,
  '0011-care': care,
  '0012-second-readings': secondReadings,
  '0013-retention': retention,
  '0014-search-and-salt': searchAndSalt,
  '0015-no-replacing': noReplacing,
  '0016-monitoring': monitoring,
  '0017-input-statistics': inputStatistics,
  '0018-shallow-fold': shallowFold,
  '0019-feature-distance': featureDistance,
  '0020-dicom': dicom,
  '0021-sources': sources,
  '0023-dicom-objects': dicomObjects,
  '0024-series': series,
  '0025-pacs': pacs,
  '0026-source-rules': sourceRules,
  '0027-sendings': sendings,
  '0028-passed-over': passedOver,
  '0029-input-gate': inputGate,
  '0030-feature-vectors': featureVectors,
  '0031-experiments': experiments,
  '0032-urgency': urgency,
  '0033-organisations': organisations,
  '0034-region-features': regionFeatures,
  '0035-frame-answers': frameAnswers,
  '0037-language': language,
  '0038-work-list': workList,
  '0039-edited-last': editedLast,
  '0040-stations': stations,
  '0042-run-progress': runProgress,
}
