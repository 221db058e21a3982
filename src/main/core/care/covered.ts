import { AUDIT_KEY } from '../data-folder.ts'

/**
 * Whether a file of the data folder (with `/`) is sealed where the record is encrypted: stored scans, the key that signs
 * heads, data sets with their images, and evaluations, which name images of theirs: those may be of patients. Models and the gate tell of none.
 */
export const isCovered = (path: string): boolean => path === AUDIT_KEY || /^(scans|datasets|evaluations)\//.test(path)
