import { ACCOUNT_ERRORS } from './account-errors.ts'
import { ARCHIVE_ERRORS } from './archive-errors.ts'
import { CARE_ERRORS } from './care-errors.ts'
import { CASE_ERRORS } from './case-errors.ts'
import { DATASET_ERRORS } from './dataset-errors.ts'
import { DEIDENTIFY_ERRORS } from './deidentify-errors.ts'
import { DEPARTMENT_ERRORS } from './department-errors.ts'
import { DICOM_ERRORS } from './dicom-errors.ts'
import { ENCRYPTION_ERRORS } from './encryption-errors.ts'
import { EXPLAIN_ERRORS } from './explain-errors.ts'
import { MONITORING_ERRORS } from './monitoring-errors.ts'
import { OBJECTS_ERRORS } from './objects-errors.ts'
import { PACS_ERRORS } from './pacs-errors.ts'
import { RERUN_ERRORS } from './rerun-errors.ts'
import { SECOND_ERRORS } from './second-errors.ts'
import { SENDING_ERRORS } from './sending-errors.ts'
import { SERIES_ERRORS } from './series-errors.ts'
import { SIGNATURE_ERRORS } from './signature-errors.ts'
import { SIMILAR_ERRORS } from './similar-errors.ts'
import { SOURCE_ERRORS } from './source-errors.ts'
import { TRAINING_ERRORS } from './training-errors.ts'
import { WHAT_IF_ERRORS } from './what-if-errors.ts'

/**
 * Every failure that a user can see: a stable code, one sentence that says what happened, and what to do next.
 * `{name}` is filled from the error's details.
 */
export const ERRORS = {
  // files
  'file-missing': {
    message: 'There is no file at this place.',
    action: 'Check the name and that the drive is connected, then open it again.',
  },
  'file-unreadable': {
    message: 'The file cannot be read ({reason}).',
    action: 'Check the rights on the file, or copy it to a place that you can read.',
  },
  'file-empty': { message: 'The file is empty (0 bytes).', action: 'Export the image again and open the new file.' },
  'file-too-large': {
    message: 'The file has {megabytes} MB; the limit is {limitMegabytes} MB.',
    action: 'Export a single slice, or a smaller image.',
  },
  'folder-empty': {
    message: 'There are no images in this folder.',
    action: 'Choose a folder with DICOM, JPEG, PNG, TIFF or WebP files in it or in its sub-folders.',
  },
  ...ARCHIVE_ERRORS,
  // images
  'image-unsupported': {
    message: 'This is not an image that Gyrus can read.',
    action: 'Open a DICOM, JPEG, PNG, TIFF or WebP file.',
  },
  'image-truncated': {
    message: 'The image is cut off: part of its data is missing.',
    action: 'Copy or export the file again; the copy was probably interrupted.',
  },
  'image-corrupt': {
    message: 'The image is damaged: its data cannot be read as an image.',
    action: 'Export the image again from its source.',
  },
  'image-too-large': {
    message: 'The image has {width} × {height} pixels; the limit is {limitMegapixels} megapixels.',
    action: 'Export the slice at its original size.',
  },
  'image-too-small': {
    message: 'The image has {width} × {height} pixels; at least {minimum} × {minimum} are needed.',
    action: 'Open the original slice, not a thumbnail.',
  },
  'image-multipage': {
    message: 'The file holds {pages} images; Gyrus reads one slice a file.',
    action: 'Save the slice as a file of its own and open that.',
  },
  'image-sample-type': {
    message: 'The image stores its pixels as {type}; Gyrus reads whole numbers of 8 or 16 bits.',
    action: 'Export the image again with 8 or 16 bits a sample.',
  },
  ...DICOM_ERRORS,
  ...SERIES_ERRORS,
  // engine
  'engine-crashed': {
    message: 'The engine stopped unexpectedly while it worked on this, which was set aside.',
    action: 'Go on with other work as usual; if this fails again, keep it for support.',
  },
  'engine-unavailable': {
    message: 'The engine does not start ({reason}).',
    action: 'Restart Gyrus; if it stays so, install it again.',
  },
  'engine-timeout': {
    message: 'The engine did not finish this file within {seconds} s.',
    action: 'Try again, or export the image in another format.',
  },
  cancelled: { message: 'Cancelled before it was finished.', action: 'Start it again when you want it done.' },
  // model
  'model-missing': {
    message: 'The model “{model}” is not complete: {file} is missing.',
    action: 'Install Gyrus again, or choose another model.',
  },
  'model-altered': {
    message: 'The model “{model}” was changed after it was made ({file}).',
    action: 'Do not use it. Install Gyrus again, or choose another model.',
  },
  'model-invalid': {
    message: 'The model “{model}” cannot be used: {reason}.',
    action: 'Install Gyrus again, or choose another model.',
  },
  'model-golden-mismatch': {
    message:
      'The model “{model}” does not reproduce its golden images on this machine (largest difference {difference}).',
    action: 'Do not use it here. Report the machine and the number to support.',
  },
  ...EXPLAIN_ERRORS,
  ...SIMILAR_ERRORS,
  ...WHAT_IF_ERRORS,
  'model-unknown': {
    message: 'There is no model “{model}” here.',
    action: 'See the list of models (“gyrus models list”) for those that there are.',
  },
  'model-about-invalid': {
    message: 'What {file} says about the model cannot be used: {reason}.',
    action: 'Give a JSON object with the texts of a model card.',
  },
  'model-id-invalid': {
    message: 'A model cannot be called “{model}”.',
    action: 'Give it an id of up to 64 small letters, digits, dots, dashes and underscores.',
  },
  'model-id-taken': {
    message: 'There already is another model with the id “{model}”.',
    action: 'Give the new one an id of its own; results are traced to their model by it.',
  },
  'model-already-active': {
    message: 'The model “{model}” is the active one already.',
    action: 'Choose another model.',
  },
  'model-refused': {
    message: 'The gate refused the model “{model}”: {criteria}.',
    action: 'The active model stays in force. Improve the model, or have an administrator look at the gate.',
  },
  'model-nothing-before': {
    message: 'No model was active before this one.',
    action: 'Activate the model that you want.',
  },
  'model-needs-second': {
    message: 'Two administrators are needed to put a model in force.',
    action: 'Propose it (“gyrus models propose <id>”); another administrator then confirms it.',
  },
  'model-same-person': {
    message: 'Who proposed a model cannot put it in force as well.',
    action: 'Ask another administrator to confirm it.',
  },
  'model-not-proposed': {
    message: 'This proposal is no longer there: it was withdrawn, replaced or decided.',
    action: 'Look at what is proposed now.',
  },
  'plan-same-person': {
    message: 'Who proposed a change of the plan cannot confirm it as well.',
    action: 'Ask another administrator to confirm it.',
  },
  'plan-not-proposed': {
    message: 'This change is no longer proposed: it was withdrawn, replaced or decided.',
    action: 'Look at what is proposed now.',
  },
  'model-one-person': {
    message: 'One administrator is enough here to put a model in force.',
    action: 'Activate it; or set in the change plan that two are needed.',
  },
  'models-changed': {
    message: 'Another administrator changed this meanwhile.',
    action: 'Look at it as it is now, then decide again.',
  },
  'models-busy': {
    message: '{by} has something under way with models ({what}).',
    action: 'Wait until it has ended, or cancel it; then look at the models again, for they may have changed.',
  },
  'model-export-exists': {
    message: 'There already is something at {path}.',
    action: 'Export to a folder that is not there yet.',
  },
  // gate
  'gate-invalid': {
    message: 'The gate’s settings in {path} cannot be used: {reason}.',
    action: 'Correct the file, or take it away to go back to what Gyrus brings.',
  },
  'gate-reference-missing': {
    message: 'The gate has no reference set, so that only golden images and labels can be checked.',
    action:
      'Lock one in the admin panel or with “gyrus models gate --reference <set>”, or say why there is none (--without-reference "<why>").',
  },
  'gate-reference-set': {
    message: 'The gate has a reference set; models are judged on it.',
    action: 'Leave --without-reference out.',
  },
  'gate-reference-altered': {
    message: 'The reference set {path} is not what it was when it was locked.',
    action: 'Put its files back, or lock a new one in the admin panel or with “gyrus models gate --reference <set>”.',
  },
  'evaluation-unknown': {
    message: 'There are no such results of “{model}” ({evaluation}).',
    action: 'Open its results again from the list of models.',
  },
  'evaluation-altered': {
    message: 'The results of “{model}” on {set} are missing or were changed after they were measured.',
    action: 'Measure it again on that set: the new results take their place.',
  },
  'gate-reference-unreadable': {
    message: '{n} of the images cannot be read, the first is {file}.',
    action: 'A reference set must be readable as a whole: take them out, or bring better copies.',
  },
  ...TRAINING_ERRORS,
  ...MONITORING_ERRORS,
  // data folder
  'data-folder-unusable': {
    message: 'The data folder {path} cannot be used ({reason}).',
    action: 'Choose another folder with --data-dir, or check its rights.',
  },
  'data-folder-in-use': {
    message: 'Another Gyrus (process {pid}) is using the data folder {path}.',
    action: 'Use that one, close it, or choose another folder with --data-dir.',
  },
  'record-missing': {
    message: 'There is no record of cases at {path}.',
    action: 'Check the folder that --data-dir or GYRUS_DATA names.',
  },
  'disk-full': {
    message: 'The disk is full.',
    action: 'Free some space, then do again what was not finished. Nothing that was saved is lost.',
  },
  'disk-error': {
    message: 'The disk with the data folder reports an error ({reason}).',
    action: 'Check the drive, and keep a copy of the data folder.',
  },
  'database-locked': {
    message: 'Another program holds the database.',
    action: 'Close the program that has gyrus.sqlite open, then try again.',
  },
  'database-read-only': { message: 'The database cannot be written.', action: 'Check the rights on the data folder.' },
  'database-corrupt': {
    message: 'The database is damaged ({reason}).',
    action: 'Restore the last backup of the data folder; keep the damaged one for support.',
  },
  'database-newer': {
    message: 'The database was written by a newer Gyrus (schema {found}; this one knows {known}).',
    action: 'Use the newer Gyrus.',
  },
  'database-older': {
    message: 'The database was written by an older Gyrus, and has not been brought up to date yet.',
    action: 'Start Gyrus once with this data folder, and try again.',
  },
  // audit trail
  'audit-key-unusable': {
    message: 'The key that signs the audit trail cannot be used ({path}: {reason}).',
    action:
      'Check the rights on the file, or put it back from a backup. A new key would not be the one of earlier heads.',
  },
  'audit-folder-missing': {
    message: 'The folder for signed heads of the audit trail is not there ({path}).',
    action:
      'Connect its drive, or choose another folder. Nothing is lost: the next head tells of all that came before.',
  },
  'audit-folder-unwritable': {
    message: 'The signed head of the audit trail cannot be written ({path}: {reason}).',
    action: 'Check the rights and the room there. Nothing is lost: the next head tells of all that came before.',
  },
  'audit-head-invalid': {
    message: 'The file {path} is not a signed head of an audit trail.',
    action: 'Give a file that “gyrus audit head --export” or the daily export wrote.',
  },
  'audit-empty': {
    message: 'Nothing was done here yet: the audit trail has no entry.',
    action: 'Open a scan first.',
  },
  'audit-verify-busy': {
    message: 'The audit trail is being verified already.',
    action: 'Wait for the result, or cancel it.',
  },
  ...DATASET_ERRORS,
  // batches
  'batch-unknown': { message: 'There is no batch {batch}.', action: 'See “gyrus batches list”, or go to the batches.' },
  'batch-state': {
    message: 'The batch is {state}.',
    action: 'Look at its state, then choose what to do with it.',
  },
  'batches-in-use': {
    message: 'Another Gyrus (process {pid}) is open on the data folder {path}, and runs its batches itself.',
    action:
      'Pause, resume, cancel or export the batch there, on the page of the batch (in a terminal Ctrl+C pauses it); or close that one and do it here.',
  },
  'batch-folder-missing': {
    message: '{path} is not there any more.',
    action: 'Check that the drive is connected, then resume the batch, and retry what failed meanwhile.',
  },
  'export-too-long': {
    message: 'A spreadsheet has {rows} rows at most; this batch has more files.',
    action: 'Export it as CSV.',
  },
  'batch-uploaded': {
    message: 'The files of this batch came from a browser and cannot be found again from here.',
    action: 'Open the folder again: what was analysed is skipped.',
  },
  // preferences
  'preferences-unreadable': {
    message: 'Your own keys and mouse buttons cannot be read; the usual ones are in force.',
    action: 'Set them again under “Keys”; that replaces what cannot be read.',
  },
  // requests
  'request-invalid': {
    message: 'The request was not understood: {reason}.',
    action: 'This is a fault in Gyrus; report it with this text.',
  },
  ...CASE_ERRORS,
  unauthorised: {
    message: 'This address needs the one-time link that Gyrus printed when it started.',
    action: 'Press Enter in the terminal for a new link, or start Gyrus again.',
  },
  'too-many-requests': {
    message: 'Too many requests came in a short time.',
    action: 'Wait ten seconds and try again.',
  },
  ...ACCOUNT_ERRORS,
  ...CARE_ERRORS,
  ...DEIDENTIFY_ERRORS,
  ...ENCRYPTION_ERRORS,
  ...OBJECTS_ERRORS,
  ...RERUN_ERRORS,
  ...SIGNATURE_ERRORS,
  ...SECOND_ERRORS,
  ...PACS_ERRORS,
  ...SENDING_ERRORS,
  ...SOURCE_ERRORS,
  ...DEPARTMENT_ERRORS,
  internal: {
    message: 'Something went wrong inside Gyrus ({reason}).',
    action: 'Try again; if it stays so, report it with this text.',
  },
} as const satisfies Record<string, { message: string; action: string }>

export type ErrorCode = keyof typeof ERRORS
export type ErrorDetails = Record<string, string | number>

/** A failure as it crosses a process or network border. */
export interface Failure {
  code: ErrorCode
  message: string
  action: string
}

/** An expected failure. Anything else that is thrown is a fault of ours and becomes `internal`. */
export class GyrusError extends Error {
  override readonly name = 'GyrusError'
  readonly code: ErrorCode
  readonly details: ErrorDetails

  constructor(code: ErrorCode, details: ErrorDetails = {}, options?: ErrorOptions) {
    super(describe(code, details).message, options)
    this.code = code
    this.details = details
  }

  toFailure(): Failure {
    return describe(this.code, this.details)
  }
}

/** The catalogue's sentences for a code, with the details filled in. */
export function describe(code: ErrorCode, details: ErrorDetails = {}): Failure {
  const fill = (text: string) => text.replace(/\{(\w+)\}/g, (_, name: string) => String(details[name] ?? '?'))
  return { code, message: fill(ERRORS[code].message), action: fill(ERRORS[code].action) }
}

/** Any thrown value as a failure; unexpected ones keep only their message, never a stack. */
export function toFailure(error: unknown): Failure {
  return toGyrusError(error).toFailure()
}

export function toGyrusError(error: unknown): GyrusError {
  if (error instanceof GyrusError) return error
  const reason = error instanceof Error ? error.message : String(error)
  return new GyrusError('internal', { reason }, { cause: error })
}

export function isErrorCode(code: string): code is ErrorCode {
  return Object.hasOwn(ERRORS, code)
}
