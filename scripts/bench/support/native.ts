import { chooseDataDir } from '../../../src/main/compose.ts'
import { findNativeEngine } from '../../../src/main/native-engine/find.ts'
import { toFailure } from '../../../src/shared/errors.ts'

/** For `Bench.missing`. */
export const missingNativeEngine = (): Promise<string | null> =>
  findNativeEngine(chooseDataDir()).then(
    () => null,
    (error) => toFailure(error).message.replace(/\.$/, ''),
  )
