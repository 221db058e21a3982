import { dirname, isAbsolute, relative, resolve, sep } from 'node:path'
import type { TrainingRequest } from '../../../shared/training.ts'
import type { DataFolder } from '../data-folder.ts'
import { setOf } from './on-set.ts'

/**
 * A training as any workstation of the department can carry it out: its frozen set is named by where it lies among the
 * shared files. @returns null where it names files that this machine alone may have
 */
export function asShared(request: TrainingRequest, folder: DataFolder): TrainingRequest | null {
  const { set, patients, tumours } = request
  if (setOf(set, folder) === null || patients !== undefined || tumours.length > 0) return null
  return { ...request, set: relative(dirname(folder.datasets), set).split(sep).join('/') }
}

/** Whether it is such a one. Others have a path from the root on. */
export const isShared = (request: TrainingRequest | null): request is TrainingRequest =>
  request !== null && !isAbsolute(request.set)

/** Either as this workstation finds its files. */
export const asHere = (request: TrainingRequest, folder: DataFolder): TrainingRequest => ({
  ...request,
  set: resolve(dirname(folder.datasets), request.set),
})
