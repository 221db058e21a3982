import type { EngineTaskName, EngineTasks, ProgressOf, TaskInput, TaskOutput } from './protocol.ts'
import type { Following } from './types.ts'

type Task<N extends EngineTaskName> = (
  input: TaskInput<N>,
  following: Following<ProgressOf<N>>,
) => Promise<TaskOutput<N>>

/**
 * Every long request. A new one is a line here and an entry in the protocol. Each is imported when it is asked for: an
 * engine has only one to do, and to load all others would take longer than many a task.
 */
const TASKS: { [N in EngineTaskName]: () => Promise<Task<N>> } = {
  'audit-dataset': async () => (await import('./dataset/audit.ts')).auditDataset,
  'audit-dataset-page': async () => (await import('./dataset/page/audit-page.ts')).auditPage,
  'split-dataset': async () => (await import('./dataset/split-dataset.ts')).splitDataset,
  'survey-dataset': async () => (await import('./dataset/survey.ts')).surveyDataset,
  'freeze-dataset': async () => (await import('./dataset/freeze.ts')).freezeDataset,
  'brain-region': async () => (await import('./brain-region/answer.ts')).answerRegion,
  deidentify: async () => (await import('./deidentify/export.ts')).deidentifyFiles,
  'preview-augmentation': async () => (await import('./train/augment/preview.ts')).previewAugmentation,
  'evaluate-set': async () => (await import('./evaluate-set/index.ts')).evaluateSet,
  'evaluate-runs': async () => (await import('./evaluate-set/evaluate-runs.ts')).evaluateRuns,
  'audit-shortcuts': async () => (await import('./shortcuts/audit-traits.ts')).auditShortcuts,
  'probe-training': async () => (await import('./train/probe.ts')).probeTraining,
  train: async () => (await import('./train/run/index.ts')).train,
  'package-run': async () => (await import('./package-run/index.ts')).packageRun,
  'check-model': async () => (await import('./gate/check-model.ts')).checkModel,
  'triton-files': async () => (await import('./triton/index.ts')).tritonFiles,
  'classify-with': async () => (await import('./infer/classify-with.ts')).classifyWith,
  'find-providers': async () => (await import('./infer/try-provider.ts')).findProviders,
  'try-provider': async () => (await import('./infer/try-provider.ts')).tryProvider,
  'run-gate': async () => (await import('./gate/run-gate.ts')).runGate,
  'lock-reference': async () => (await import('./gate/reference.ts')).lockReference,
  'compare-models': async () => (await import('./gate/compare-models.ts')).compareModels,
}

export async function runTask<N extends EngineTaskName>(
  name: N,
  input: EngineTasks[N]['input'],
  following: Following<ProgressOf<N>>,
): Promise<TaskOutput<N>> {
  const task = await TASKS[name]()
  return task(input, following)
}
