/** What can go wrong with the native engine and with training; part of `ERRORS`. */
export const TRAINING_ERRORS = {
  // native engine
  'native-engine-missing': {
    message: 'There is no native engine here; without one only the last layer of a model can be trained.',
    action: 'Install it with “gyrus engine install”.',
  },
  'native-engine-unsupported': {
    message: 'There is no native engine to install on {platform}.',
    action: 'Train on Linux with an x64 processor, or only the last layer here (recipe “head”).',
  },
  'native-engine-no-compiler': {
    message: 'No C++ compiler was found (looked for {commands}).',
    action: 'Install one, e.g. the package g++, then install the native engine again.',
  },
  'native-engine-no-python': {
    message: 'Python 3 with pip was not found ({reason}).',
    action: 'Install the packages python3 and python3-pip, then install the native engine again.',
  },
  'native-engine-no-npm': {
    message: 'npm was not found.',
    action: 'Install Node.js with npm, then install the native engine again.',
  },
  'native-engine-disk-space': {
    message: 'The native engine needs {neededMegabytes} MB in {path}; {freeMegabytes} MB are free.',
    action: 'Free some space, or choose another data folder, then install it again.',
  },
  'native-engine-busy': {
    message: 'Another Gyrus (process {pid}) is installing the native engine.',
    action: 'Wait for it, or stop it, then try again.',
  },
  'native-engine-download': {
    message: '{part} could not be fetched ({reason}).',
    action: 'Check the network, and which package index pip and npm are set to; then install the native engine again.',
  },
  'native-engine-altered': {
    message: '{file} is not what was expected: its contents were changed.',
    action: 'Remove the native engine and install it again. If it stays so, ask who runs your package index.',
  },
  'native-engine-build': {
    message: 'The native engine could not be compiled ({reason}).',
    action: 'Try a newer C++ compiler (g++ 8 or clang 7 and later); if it stays so, report it with this text.',
  },
  'native-engine-unusable': {
    message: 'The native engine does not run on this machine ({reason}).',
    action: 'Remove it with “gyrus engine remove”, or report it with this text.',
  },
  'native-engine-library-missing': {
    message: 'The native engine needs the library {library}, which is not on this machine.',
    action: 'Install it (for a GPU: the CUDA and cuDNN versions that its package asks for), then try again.',
  },
  'native-engine-memory': {
    message: 'The native engine ran out of memory.',
    action: 'Train with a smaller batch or smaller images, or close other programs.',
  },
  'native-engine-cancelled': {
    message: 'Cancelled. The steps that were finished are kept.',
    action: 'Install the native engine again to go on from there, or remove it.',
  },
  // training
  'training-run-name': {
    message: 'A training run cannot be called “{run}”.',
    action: 'Take letters, digits, “-”, “_” and “.”, beginning with a letter or digit, 100 characters at most.',
  },
  'training-run-exists': {
    message: 'There is a training run of this name already ({run}).',
    action: 'Choose another name, or resume that run.',
  },
  'training-run-unknown': {
    message: 'There is no training run {run}.',
    action: 'Check its name and the data folder.',
  },
  'search-invalid': {
    message: 'This search cannot be made: {reason}.',
    action: 'Change the ranges, then start it again.',
  },
  'search-failed': {
    message: 'No trial of this search could be measured ({n} trials; the last one: {reason})',
    action: 'Change the set or the ranges, then start a new search.',
  },
  'training-run-unreadable': {
    message: 'The record of the run “{run}” was written by another version of Gyrus and cannot be read.',
    action: 'Start a new run.',
  },
  'training-run-state': {
    message: 'The training run {run} is {state}.',
    action: 'Look at its state, then choose what to do with it.',
  },
  'training-run-elsewhere': {
    message: 'Another workstation, or the department’s queue, has the training run {run}.',
    action: 'Go on with it from the screen “Training”, or on the workstation that it was asked for on.',
  },
  'training-run-failed': {
    message: 'The training run {run} failed: {reason}',
    action: 'See to what the reason says, then resume the run.',
  },
  'training-gave-up': {
    message: 'No workstation got this training done: each one that took it ended.',
    action: 'See that a workstation has memory and drive enough for it, then resume the run.',
  },
  'training-checkpoint': {
    message: 'The state of the training could not be kept ({reason}).',
    action: 'Make room on the drive of the data folder, then resume the run: it goes on from its last epoch.',
  },
  'training-parity': {
    message: 'The exported network differs from the trained one by {difference}; {limit} is allowed.',
    action: 'The model is not used. Train again; if it stays so, report it with the run.',
  },
  'training-diverged': {
    message: 'The training has come apart: its loss is no longer a number (step {step}).',
    action: 'The last good checkpoint was kept. Train again with a smaller learning rate.',
  },
} as const
