import type { Store } from '../../store/types.ts'
import type { Handlers } from '../caller.ts'
import type { Images } from '../images.ts'
import type { Reading } from '../reading/index.ts'
import { stackWindow } from './window.ts'

interface Parts {
  store: Store
  images: Images
  reading: Reading
}

/** Stacks of slices, as a reader may see them. */
export const seriesHandlers = ({ store, images, reading }: Parts) =>
  ({
    'cases.series': async ({ id }, { reader }) => store.seriesOf(id, await reading.blind(reader)),
    'cases.stack-window': async ({ id }) => ({ window: await stackWindow({ store, images }, id) }),
    'cases.priors': async ({ id }) => ({ priors: await store.priorsOf(id) }),
  }) satisfies Partial<Handlers>
