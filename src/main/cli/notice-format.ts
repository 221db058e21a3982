import type { TrainingNotice } from '../../shared/training.ts'

/** As many names as are read at a glance; all are in the run's run.json. */
const NAMES = 5

/** What a training has to tell, as one line. */
export function formatNotice(notice: TrainingNotice): string {
  switch (notice.kind) {
    case 'device':
      return formatDevice(notice)
    case 'split-by-group':
      return 'No patient is known: training and validation are kept apart by near-duplicate group. Slices of one patient can be on both sides (--patients names them).'
    case 'split-at-random':
      return 'Warning: at random, patients and copies are on both sides.'
    case 'patients-in-two-classes':
      return `${count(notice.patients, 'patient has', 'patients have')} images of two classes; that may be so, but is worth a look: ${names(notice.patients)}.`
    case 'unreadable':
      return `${count(notice.files, 'image', 'images')} could not be read and ${notice.files.length === 1 ? 'is' : 'are'} left out: ${names(notice.files)}.`
    case 'no-brain':
      return `In ${count(notice.files, 'image', 'images')} no brain was found; ${notice.files.length === 1 ? 'it is' : 'they are'} used whole: ${names(notice.files)}.`
  }
}

function formatDevice({ engine, device, gpuUnused }: Extract<TrainingNotice, { kind: 'device' }>): string {
  const line = `Trains on the ${device.toUpperCase()} (${engine}).`
  if (!gpuUnused) return line
  return `${line} tfjs-node-gpu is installed, but TensorFlow uses no GPU: “gyrus engine status --verify” names the CUDA library that is missing.`
}

const count = (of: string[], one: string, many: string) => `${of.length} ${of.length === 1 ? one : many}`

function names(all: string[]): string {
  const shown = all.slice(0, NAMES).join(', ')
  return all.length > NAMES ? `${shown} and ${all.length - NAMES} more` : shown
}
