import type { Store } from '../../store/types.ts'
import type { Handlers } from '../caller.ts'
import { pageMap } from '../explain/handlers.ts'
import type { Reading } from '../reading/index.ts'
import type { WhatIfs } from './index.ts'

interface Parts {
  store: Store
  reading: Reading
  whatIfs: WhatIfs
}

/** What is tried out on pictures, as a reader may see it: all of it tells the answer. */
export const whatIfHandlers = ({ store, reading, whatIfs }: Parts) =>
  ({
    'whatIf.try': async ({ id, ...edited }, { reader }) => {
      await reading.requireShown(id, reader)
      const { model, confidences, gate, set, image, png, timings } = await whatIfs.try(id, edited)
      const picture = Buffer.from(png ?? []).toString('base64')
      const { width, height } = image
      return { modelId: model.id, confidences, gate, set, width, height, picture, milliseconds: timings }
    },
    'whatIf.heat': async ({ id, ...asked }, { reader }) => {
      await reading.requireShown(id, reader)
      return pageMap(await whatIfs.heat(id, asked))
    },
    'whatIf.stability': async ({ id, ...edited }, { reader }) => {
      await reading.requireShown(id, reader)
      const { model, curves, flips, notJudged } = await whatIfs.stability(id, edited)
      return { modelId: model.id, curves, flips, notJudged }
    },
    'whatIf.list': async ({ id }, { reader }) => {
      await reading.requireShown(id, reader)
      return { experiments: await store.experimentsOf(id) }
    },
    'whatIf.keep': async ({ id, ...edited }, { reader }) => {
      await reading.requireShown(id, reader)
      return whatIfs.keep(id, edited, reader)
    },
    'whatIf.saveScan': async ({ id, experiment }, { reader }) => {
      await reading.requireShown(id, reader)
      return { caseId: await whatIfs.saveScan(id, experiment, reader) }
    },
  }) satisfies Partial<Handlers>
