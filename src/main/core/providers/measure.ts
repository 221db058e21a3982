import { GyrusError, toGyrusError } from '../../../shared/errors.ts'
import type { FoundProvider, Measured, Measuring, ProviderOutcome } from '../../../shared/providers.ts'
import type { ModelRef } from '../../engine/protocol.ts'
import { MachineState } from '../machine.ts'

/** What tries one provider, in an engine process of its own: one that dies of it is no other's matter. */
export type ProviderTrier = (
  asked: { provider: string; model: ModelRef },
  following: { signal: AbortSignal; onProgress(progress: { done: number; total: number }): void },
) => Promise<ProviderOutcome>

export interface MeasureOptions {
  found: FoundProvider[]
  tryProvider: ProviderTrier
  model: ModelRef
  /** The model's id. */
  modelId: string
  version: string
}

export interface MeasureFollowing {
  signal: AbortSignal
  onProgress(progress: Measuring): void
}

/**
 * Tries one provider after another with the model.
 *
 * @throws GyrusError `cancelled`, `model-missing`, `model-altered`, `engine-unavailable`
 */
export async function measureProviders(
  { found, tryProvider, model, modelId, version }: MeasureOptions,
  { signal, onProgress }: MeasureFollowing,
): Promise<Measured> {
  const begun = Date.now()
  const outcomes: Measured['outcomes'] = {}
  for (const [place, { id }] of found.entries()) {
    const tell = (share: number) => {
      const gone = (place + share) / found.length
      const secondsLeft = gone === 0 ? null : ((Date.now() - begun) / 1000 / gone) * (1 - gone)
      onProgress({ provider: id, share: gone, secondsLeft })
    }
    tell(0)
    const following = { signal, onProgress: ({ done, total }: { done: number; total: number }) => tell(done / total) }
    outcomes[id] = await tryProvider({ provider: id, model }, following).catch(unlessOfAll)
  }
  const { cpu, gpu } = await new MachineState().now()
  const machine = { cpu: cpu.name, cores: cpu.cores, gpu }
  return { at: new Date().toISOString(), version, model: modelId, machine, outcomes }
}

/** What a provider does to its process is its own failure; all else would meet the next one, too. */
function unlessOfAll(error: unknown): ProviderOutcome {
  const known = toGyrusError(error)
  if (known.code !== 'engine-crashed') throw known
  return { state: 'failed', reason: new GyrusError('engine-crashed').message }
}
