import { auditDataset } from './dataset/audit.ts'
import { freezeDataset } from './dataset/freeze.ts'
import { splitDataset } from './dataset/split-dataset.ts'
import type { EngineTaskName, EngineTasks, ProgressOf, TaskInput, TaskOutput } from './protocol.ts'
import type { Following } from './types.ts'

type Tasks = {
  [N in EngineTaskName]: (input: TaskInput<N>, following: Following<ProgressOf<N>>) => Promise<TaskOutput<N>>
}

/** Every long request. A new one is a function here and an entry in the protocol. */
const TASKS: Tasks = { 'audit-dataset': auditDataset, 'split-dataset': splitDataset, 'freeze-dataset': freezeDataset }

export function isTask(name: string): name is EngineTaskName {
  return Object.hasOwn(TASKS, name)
}

export function runTask<N extends EngineTaskName>(
  name: N,
  input: EngineTasks[N]['input'],
  following: Following<ProgressOf<N>>,
): Promise<TaskOutput<N>> {
  return TASKS[name](input, following)
}
