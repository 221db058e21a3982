import { SOURCE_NAMES, type SortColumn, STATE_NAMES, VERDICT_NAMES } from '../shared/cases.ts'
import { BANNER, CALLED_NAMES, LABEL_NAMES, VERDICT_LABEL_NAMES } from '../shared/labels.ts'
import { accountTexts } from './accounts/texts.ts'
import { adminTexts } from './admin/texts.ts'
import { auditTexts } from './audit/texts.ts'
import { batches } from './batches/texts.ts'
import { careTexts } from './care/texts.ts'
import { chartTexts } from './charts/texts.ts'
import { computeTexts } from './compute/texts.ts'
import { dataSetTexts } from './data-sets/texts.ts'
import { departmentTexts } from './department/texts.ts'
import { guideTexts } from './guide/texts.ts'
import { heatTexts } from './heat/texts.ts'
import { inputGateTexts } from './input-gate/texts.ts'
import { intakeTexts } from './intake/texts.ts'
import { resultsTexts } from './models/results/texts.ts'
import { modelTexts } from './models/texts.ts'
import { monitoringTexts } from './monitoring/texts.ts'
import { pacsTexts } from './pacs/texts.ts'
import { readingTexts } from './readings/texts.ts'
import { regionTexts } from './region/texts.ts'
import { cardTexts } from './review/card-texts.ts'
import { reviewTexts } from './review/page-texts.ts'
import { reportTexts } from './review/report-texts.ts'
import { stackTexts } from './review/stack-texts.ts'
import { historyTexts } from './review/texts.ts'
import { impressionTexts, verdictTexts } from './review/verdict-texts.ts'
import { sendingTexts } from './sending/texts.ts'
import { panelTexts } from './settings/panel-texts.ts'
import { keysTexts } from './settings/texts.ts'
import { shellTexts } from './shell/texts.ts'
import { similarTexts } from './similar/texts.ts'
import { pacsSettingsTexts } from './sources/pacs-texts.ts'
import { sourceTexts } from './sources/texts.ts'
import { trainingTexts } from './training/texts.ts'
import { viewerTexts } from './viewer/texts.ts'
import { whatIfTexts } from './what-if/texts.ts'
import { welcomeTexts, workListTexts } from './work-list/page-texts.ts'

/**
 * Every text that the screens show, each screen's in its folder, for later translation. British English. Gyrus analyses;
 * readers read.
 */

const columns: Record<SortColumn, string> = {
  state: 'Status',
  patientName: 'Patient',
  patientId: 'ID',
  studyDate: 'Study date',
  description: 'Description',
  fileName: 'File',
  source: 'Source',
  label: 'AI label',
  confidence: 'Conf.',
  reader: 'Reader',
  verdict: 'Verdict',
  modelId: 'Model',
  receivedAt: 'Received',
  urgency: 'Points',
}

export const texts = {
  product: 'Gyrus',
  banner: BANNER,
  labels: LABEL_NAMES,
  /** What stands on lists. */
  called: CALLED_NAMES,
  verdictLabels: VERDICT_LABEL_NAMES,
  /** Where there is little room. */
  shortLabels: { ...VERDICT_LABEL_NAMES, pituitary: 'Pituitary', unjudged: CALLED_NAMES.unjudged },
  none: '–',
  states: STATE_NAMES,
  sources: SOURCE_NAMES,
  verdicts: { ...VERDICT_NAMES, none: 'No verdict' },
  columns,

  unreachable: {
    code: 'unreachable',
    message: 'Gyrus does not answer.',
    action:
      'Check that it is still running. Was it only busy, this page goes on; was it started again, open the new link that it prints, in this browser.',
  },
  /** The page's session ended with the Gyrus that gave it. */
  newLink: {
    code: 'unauthorised',
    message: 'Gyrus was started again: this page needs a new link.',
    action:
      'Press Enter in the terminal where it runs, or start it again there, and open the link that it prints in this browser.',
  },
  internal: { code: 'internal', message: 'This page made a mistake.', action: 'Reload it; what was saved is safe.' },
  noWebGl: {
    code: 'webgl-missing',
    message: 'This browser cannot draw the image: it has no WebGL.',
    action: 'Switch on hardware acceleration in its settings, or use another browser or Gyrus’s own window.',
  },
  imageFailed: {
    code: 'image-failed',
    message: 'The image could not be shown.',
    action: 'Try again; if it stays so, open the original file again.',
  },

  ui: { progress: { left: (time: string) => `about ${time} left`, cancel: 'Cancel' } },

  shell: shellTexts,
  guide: guideTexts,
  workList: workListTexts,
  welcome: welcomeTexts,
  intake: intakeTexts,
  batches,
  inputGate: inputGateTexts,
  review: reviewTexts,
  verdict: verdictTexts,
  impression: impressionTexts,
  viewer: viewerTexts,
  stack: stackTexts,
  heat: heatTexts,
  region: regionTexts,
  report: reportTexts,
  sending: sendingTexts,
  similar: similarTexts,
  card: cardTexts,
  audit: auditTexts,
  accounts: accountTexts,
  admin: adminTexts,
  care: careTexts,
  charts: chartTexts,
  compute: computeTexts,
  department: departmentTexts,
  dataSets: dataSetTexts,
  training: trainingTexts,
  history: historyTexts,
  models: modelTexts,
  results: resultsTexts,
  monitoring: monitoringTexts,
  sourcesPart: sourceTexts,
  pacs: pacsTexts,
  pacsSettings: pacsSettingsTexts,
  ...readingTexts,
  whatIf: whatIfTexts,
  settings: panelTexts,
  keys: keysTexts,
} as const
