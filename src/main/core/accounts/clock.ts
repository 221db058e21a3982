const STARTED_AT = Date.now() - performance.now()

/**
 * The time, ms since 1970, by a clock that nobody can set: the system's as it was when this process began, and on from
 * there. On some systems it stands while the machine sleeps.
 */
export const steadyNow = (): number => STARTED_AT + performance.now()
