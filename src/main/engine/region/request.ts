import type { RegionView } from '../../../shared/brain-region.ts'
import type { Midline } from '../asymmetry/midline.ts'
import { decodeFile } from '../decode/file.ts'
import { findHead } from '../preprocess/head-region.ts'
import { asExported } from '../preprocess/square.ts'
import { toGrey } from '../preprocess/to-grey.ts'
import type { EngineInput, EngineOutput } from '../protocol.ts'
import { regionIn } from './index.ts'

/** The request `region`. Errors of the decoder. */
export async function answerRegion({ frame, ...file }: EngineInput<'region'>): Promise<EngineOutput<'region'>> {
  const image = await decodeFile(file, frame)
  const begun = performance.now()
  const grey = toGrey(asExported(image))
  const { region, brain, asymmetry } = regionIn(image, { grey, region: findHead(grey) })
  const outline = brain ? brain.outline.map(({ x, y }) => ({ x: x / brain.width, y: y / brain.height })) : []
  const map = asymmetry && {
    ...{ width: asymmetry.width, height: asymmetry.height, values: asymmetry.values },
    midline: endsOf(asymmetry.midline, asymmetry),
  }
  return { region, outline, map, milliseconds: performance.now() - begun }
}

/** Two points of the line beyond the picture on both sides, in shares of its width and height. */
function endsOf({ angle, distance }: Midline, { width, height }: { width: number; height: number }): Ends {
  const [nx, ny] = [Math.cos(angle), Math.sin(angle)]
  const middle = (height / 2) * nx - (width / 2) * ny
  const at = (along: number) => ({
    x: (distance * nx - along * ny + 0.5) / width,
    y: (distance * ny + along * nx + 0.5) / height,
  })
  const reach = Math.hypot(width, height)
  return { from: at(middle - reach), to: at(middle + reach) }
}

type Ends = NonNullable<RegionView['map']>['midline']
