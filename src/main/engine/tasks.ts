import { answerRegion } from './brain-region/answer.ts'
import { auditDataset } from './dataset/audit.ts'
import { freezeDataset } from './dataset/freeze.ts'
import { auditPage } from './dataset/page/audit-page.ts'
import { splitDataset } from './dataset/split-dataset.ts'
import { surveyDataset } from './dataset/survey.ts'
import { deidentifyFiles } from './deidentify/export.ts'
import { evaluateRuns } from './evaluate-set/evaluate-runs.ts'
import { evaluateSet } from './evaluate-set/index.ts'
import { checkModel } from './gate/check-model.ts'
import { compareModels } from './gate/compare-models.ts'
import { lockReference } from './gate/reference.ts'
import { runGate } from './gate/run-gate.ts'
import { classifyWith } from './infer/classify-with.ts'
import { findProviders, tryProvider } from './infer/try-provider.ts'
import { packageRun } from './package-run/index.ts'
import type { EngineTaskName, EngineTasks, ProgressOf, TaskInput, TaskOutput } from './protocol.ts'
import { auditShortcuts } from './shortcuts/audit-traits.ts'
import { previewAugmentation } from './train/augment/preview.ts'
import { probeTraining } from './train/probe.ts'
import { train } from './train/run/index.ts'
import type { Following } from './types.ts'

type Tasks = {
  [N in EngineTaskName]: (input: TaskInput<N>, following: Following<ProgressOf<N>>) => Promise<TaskOutput<N>>
}

/** Every long request. A new one is a function here and an entry in the protocol. */
const TASKS: Tasks = {
  'audit-dataset': auditDataset,
  'audit-dataset-page': auditPage,
  'split-dataset': splitDataset,
  'survey-dataset': surveyDataset,
  'freeze-dataset': freezeDataset,
  'brain-region': answerRegion,
  deidentify: deidentifyFiles,
  'preview-augmentation': previewAugmentation,
  'evaluate-set': evaluateSet,
  'evaluate-runs': evaluateRuns,
  'audit-shortcuts': auditShortcuts,
  'probe-training': probeTraining,
  train,
  'package-run': packageRun,
  'check-model': checkModel,
  'classify-with': classifyWith,
  'find-providers': findProviders,
  'try-provider': tryProvider,
  'run-gate': runGate,
  'lock-reference': lockReference,
  'compare-models': compareModels,
}

export function runTask<N extends EngineTaskName>(
  name: N,
  input: EngineTasks[N]['input'],
  following: Following<ProgressOf<N>>,
): Promise<TaskOutput<N>> {
  return TASKS[name](input, following)
}
