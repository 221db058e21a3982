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
    action: 'Choose a folder with JPEG, PNG, TIFF or WebP files in it or in its sub-folders.',
  },
  // images
  'image-unsupported': {
    message: 'This is not an image that Gyrus can read.',
    action: 'Open a JPEG, PNG, TIFF or WebP file.',
  },
  'image-truncated': {
    message: 'The image is cut off: part of its data is missing.',
    action: 'Copy or export the file again; the copy was probably interrupted.',
  },
  'image-corrupt': { message: 'The image is damaged ({reason}).', action: 'Export the image again from its source.' },
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
  // engine
  'engine-crashed': {
    message: 'The engine stopped twice on this file, which was set aside.',
    action: 'Open the other files as usual; keep this one for support.',
  },
  'engine-unavailable': {
    message: 'The engine does not start ({reason}).',
    action: 'Restart Gyrus; if it stays so, install it again.',
  },
  'engine-timeout': {
    message: 'The engine did not finish this file within {seconds} s.',
    action: 'Try again, or export the image in another format.',
  },
  cancelled: { message: 'Cancelled before it was analysed.', action: 'Open it again when you want it analysed.' },
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
  // data folder
  'data-folder-unusable': {
    message: 'The data folder {path} cannot be used ({reason}).',
    action: 'Choose another folder with --data-dir, or check its rights.',
  },
  'data-folder-in-use': {
    message: 'Another Gyrus (process {pid}) is using the data folder {path}.',
    action: 'Use that one, close it, or choose another folder with --data-dir.',
  },
  'disk-full': {
    message: 'The disk with the data folder is full.',
    action: 'Free some space, then open the file again. Nothing was lost.',
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
  // requests
  'request-invalid': {
    message: 'The request was not understood: {reason}.',
    action: 'This is a fault in Gyrus; report it with this text.',
  },
  'case-unknown': { message: 'There is no case with this id.', action: 'Go back to the work list.' },
  'case-not-reviewable': {
    message: 'A case that is {state} takes no verdict.',
    action: 'Wait for the analysis, or open the file again.',
  },
  'case-not-failed': {
    message: 'Only a failed case can be tried again or dismissed; this one is {state}.',
    action: 'Go back to the work list.',
  },
  'scan-altered': {
    message: 'The stored copy of this scan is missing or was changed.',
    action: 'Open the original file again.',
  },
  unauthorised: {
    message: 'This address needs the one-time link that Gyrus printed when it started.',
    action: 'Press Enter in the terminal for a new link, or start Gyrus again.',
  },
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
  return { code, message: fill(ERRORS[code].message), action: ERRORS[code].action }
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
