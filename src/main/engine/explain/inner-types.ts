import type { HeatFile } from '../../../shared/heat.ts'
import type { Output } from '../infer/provider.ts'
import type { HeatHead, Places } from './head.ts'

/** What is inside a model, opened when it is first asked for: reading needs none of it. */
export interface Inner {
  /** What says where a tumour is; null where the model carries nothing of the kind. */
  heat: { file: HeatFile; head: HeatHead } | null
  /** Weights of the last layer, `classes × features`. @throws GyrusError `explain-network` where it is no such layer */
  classWeights(): Promise<Float32Array>
  /**
   * What the head looks at, of one input `3 × size × size`; only where there is `heat`. Opened when first asked for: then
   * the golden images must give what they gave when the head was made (`model-golden-mismatch`).
   */
  levels(input: Float32Array, size: number): Promise<Places[]>
  /** LayerCAM of every class, of one input; opened when first asked for. @throws GyrusError `explain-network` */
  layerCam(input: Float32Array, size: number): Promise<Output>
  dispose(): Promise<void>
}
