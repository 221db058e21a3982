import { it } from 'vitest'

/** Has a file whose tests are left out say why, where the shared data folder is not there. */
export function needsShared(found: string | null): void {
  if (found === null)
    it('what needs the shared data folder', ({ skip }) =>
      skip('not run: the shared data folder is not there (GYRUS_SHARED)'))
}
