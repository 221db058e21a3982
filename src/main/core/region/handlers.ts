import { FULL_ASYMMETRY } from '../../../shared/brain-region.ts'
import type { RequestOutput } from '../../../shared/contract.ts'
import type { RegionMap } from '../../engine/protocol.ts'
import type { Handlers } from '../caller.ts'
import type { Images } from '../images.ts'
import type { Reading } from '../reading/index.ts'

interface Parts {
  images: Images
  reading: Reading
}

/** Brain regions of pictures, as a reader may see them. */
export const regionHandlers = ({ images, reading }: Parts) =>
  ({
    'cases.region': async ({ id, frame }, { reader }) => {
      const found = await images.region(id, frame)
      // It is no answer of the model, but points at places as one does.
      const hidden = await reading.isHidden(id, reader)
      return pageRegion(hidden ? withoutAsymmetry(found) : found)
    },
  }) satisfies Partial<Handlers>

function withoutAsymmetry({ region, ...found }: RegionMap): RegionMap {
  const kept = region.found ? { ...region, asymmetry: null, noAsymmetry: 'impression' as const } : region
  return { ...found, region: kept, map: null }
}

/** In the form of the contract. */
function pageRegion({ map, ...found }: RegionMap): RequestOutput<'cases.region'> {
  if (!map) return { ...found, map }
  const bytes = Uint8Array.from(map.values, (value) => Math.round(255 * Math.min(1, value / FULL_ASYMMETRY)))
  return { ...found, map: { ...map, values: Buffer.from(bytes).toString('base64') } }
}
