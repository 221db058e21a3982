/** What the command line's exit codes mean. */
export const EXIT = { ok: 0, couldNotRun: 1, someFailed: 2, refused: 2, broken: 2 } as const
