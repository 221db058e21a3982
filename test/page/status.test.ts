import { describe, expect, it } from 'vitest'
import { statusOf } from '../../src/main/page/status.ts'
import { ACCOUNT_ERRORS } from '../../src/shared/account-errors.ts'
import { CARE_ERRORS } from '../../src/shared/care-errors.ts'
import { ERRORS, type ErrorCode } from '../../src/shared/errors.ts'
import { SECOND_ERRORS } from '../../src/shared/second-errors.ts'
import { SIGNATURE_ERRORS } from '../../src/shared/signature-errors.ts'
import { SOURCE_ERRORS } from '../../src/shared/source-errors.ts'

const codes = Object.keys(ERRORS) as ErrorCode[]
/** Of these nobody who asks could have done otherwise. */
const FAULTS =
  /^(internal|engine-.*|native-engine-.*|database-.*|disk-.*|record-(damaged|vanished)|keys-(missing|unreadable)|audit-key-unusable|data-folder-unusable|preferences-unreadable|scan-altered|retention-clock|key-store-unusable|encryption-differs|department-settings|files-(unreachable|unmarked|gone|other-record|refused|bucket-missing|missing|altered)|outbox-unreadable|move-(differs|unsound|file-differs)|pacs-.*|backup-(folder-full|record-broken|unsound)|model-(missing|altered|golden-mismatch)|gate-reference-altered|evaluation-altered|dataset-(altered|files-missing|file-altered)|search-failed|training-(run-unreadable|checkpoint|parity|diverged))$/

describe('HTTP status of a failure', () => {
  it.each(codes)('%s has one, with a text and what to do', (code) => {
    expect(statusOf({ code })).toBeGreaterThanOrEqual(400)
    expect(ERRORS[code].message).not.toBe('')
    expect(ERRORS[code].action).not.toBe('')
    // What a reader or an administrator gave is never a fault of the server.
    if (statusOf({ code }) >= 500) expect(code).toMatch(FAULTS)
  })

  it('is 4xx for all that is wrong with an account, a verdict, a signature or a source', () => {
    const theirs = { ...ACCOUNT_ERRORS, ...SECOND_ERRORS, ...SIGNATURE_ERRORS, ...SOURCE_ERRORS }
    for (const code of Object.keys(theirs) as ErrorCode[]) expect(statusOf({ code }), code).toBeLessThan(500)
    expect(Object.keys(CARE_ERRORS)).toContain('backup-folder-missing')
    expect(statusOf({ code: 'backup-folder-missing' })).toBe(422)
    expect(statusOf({ code: 'internal' })).toBe(500)
  })
})
