import type { RequestName } from './contract.ts'

/**
 * Requests that name places on this machine, with the fields in which they stand: a path, a list of paths, or null. A
 * browser is not offered them; a window of Electron may name only what its user chose in a dialog, dropped or was handed.
 * `null`: no page names what this one needs.
 */
export const PATH_REQUESTS = {
  'scans.open': ['paths'],
  'batches.start': ['paths'],
  'datasets.import': ['path', 'patients'],
  'datasets.survey': ['path', 'patients'],
  'training.start': null,
  'audit.setHeadsFolder': ['folder'],
  'backups.start': ['folder'],
  'backups.set': ['folder'],
  'sources.add-folder': ['path'],
} as const satisfies Partial<Record<RequestName, readonly string[] | null>>

export const namesPaths = (name: string): name is keyof typeof PATH_REQUESTS => Object.hasOwn(PATH_REQUESTS, name)
