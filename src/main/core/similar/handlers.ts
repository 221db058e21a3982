import type { Handlers } from '../caller.ts'
import type { Reading } from '../reading/index.ts'
import type { Similar } from './index.ts'

/** Similar cases, as a reader may see them. */
export const similarHandlers = ({ similar, reading }: { similar: Similar; reading: Reading }) =>
  ({
    'cases.similar': async ({ id }, { reader }) => {
      // They would tell the answer.
      await reading.requireShown(id, reader)
      return similar.find(id, reader)
    },
  }) satisfies Partial<Handlers>
