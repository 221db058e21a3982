import type { DatabaseFile } from '../../src/main/store/record-place.ts'
import type { VerifyFollowing } from '../../src/main/store/types.ts'
import { lookAt } from '../../src/main/store/verify/look.ts'

/** Takes the place of verify/in-thread.ts in the project “encrypted” (vitest.config.ts). */
export const lookInThread = async (place: DatabaseFile, { onProgress }: VerifyFollowing) =>
  lookAt(place, (done, total) => onProgress?.({ stage: 'database', done, total }))
