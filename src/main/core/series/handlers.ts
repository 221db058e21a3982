import type { Store } from '../../store/types.ts'
import type { Handlers } from '../caller.ts'
import type { Reading } from '../reading/index.ts'

/** Stacks of slices, as a reader may see them. */
export const seriesHandlers = ({ store, reading }: { store: Store; reading: Reading }) =>
  ({
    'cases.series': async ({ id }, { reader }) => store.seriesOf(id, await reading.blind(reader)),
    'cases.priors': async ({ id }) => ({ priors: await store.priorsOf(id) }),
  }) satisfies Partial<Handlers>
