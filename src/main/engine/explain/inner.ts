import { GyrusError } from '../../../shared/errors.ts'
import type { HeatFile } from '../../../shared/heat.ts'
import { LABELS } from '../../../shared/labels.ts'
import type { ModelManifest } from '../../../shared/model.ts'
import { createSession } from '../infer/index.ts'
import type { Output, Provider, Session } from '../infer/provider.ts'
import { type ModelFolder, readChecked } from '../model/files.ts'
import { restoreFloat32 } from '../onnx/float16.ts'
import type { Graph } from '../onnx/graph.ts'
import { readOnnx } from '../onnx/read.ts'
import { writeOnnx } from '../onnx/write.ts'
import { checkGoldenHeat } from './golden.ts'
import { type Places, toPlaces } from './head.ts'
import type { Inner } from './inner-types.ts'
import { LAYER_CAM, layerCamGraph } from './layer-cam-graph.ts'
import { unpackHead } from './load.ts'
import { subgraph } from './subgraph.ts'

interface Parts {
  folder: ModelFolder
  manifest: ModelManifest
  heat: HeatFile | null
  options: { threads?: number; providers?: Provider[] }
}

/** Errors of its functions: `model-missing`, `model-altered` where the weights are no longer what was loaded. */
export function openInner({ folder, manifest, heat, options }: Parts): Inner {
  const { file, sha256 } = manifest.weights
  let weights: Promise<Float32Array> | undefined
  let session: Promise<Session> | undefined
  let backward: Promise<Session> | undefined
  const read = async () => restoreFloat32(readOnnx(await readChecked(folder, file, sha256)))
  const names = heat?.levels.map(({ name }) => name) ?? []
  const own = heat && { file: heat, head: unpackHead(heat) }
  const run = async (network: Session, input: Float32Array, size: number): Promise<Places[]> => {
    const outputs: Output[] = await network.run(input, [1, 3, size, size], names)
    return outputs.map(({ data, dims }) => toPlaces(data, dims))
  }
  const open = async (): Promise<Session> => {
    if (!own) throw new Error('the model has no localisation head')
    const network = await createSession(writeOnnx(subgraph(await read(), names)), options)
    try {
      await checkGoldenHeat(folder, manifest, own.file, own.head, (input) => run(network, input, own.file.size))
      return network
    } catch (error) {
      await network.dispose()
      throw error
    }
  }
  const openBackward = async (): Promise<Session> => {
    const graph = await read()
    const last = lastLayer(graph, manifest.id)
    try {
      return await createSession(writeOnnx(layerCamGraph(graph, last, LABELS.length)), options)
    } catch (error) {
      throw new GyrusError('explain-network', { model: manifest.id, others: 'cam, occlusion' }, { cause: error })
    }
  }
  return {
    heat: own,
    async classWeights() {
      weights ??= read().then((graph) => lastLayer(graph, manifest.id))
      return weights
    },
    async layerCam(input, size) {
      backward ??= openBackward()
      const [map] = await (await backward).run(input, [1, 3, size, size], [LAYER_CAM])
      return map as Output
    },
    async levels(input, size) {
      session ??= open()
      return run(await session, input, size)
    },
    async dispose() {
      for (const open of [session, backward]) await (await open?.catch(() => undefined))?.dispose()
    },
  }
}

function lastLayer({ nodes, initialisers, outputs }: Graph, model: string): Float32Array {
  const dense = nodes.find((node) => node.outputs[0] === 'logits')
  const weights = initialisers.get(dense?.inputs[1] ?? '')
  const pooled = outputs.some(({ name }) => name === 'feature_map')
  if (pooled && dense?.op === 'Gemm' && weights?.type === 'float32') return weights.data
  throw new GyrusError('explain-network', { model, others: 'occlusion' })
}
