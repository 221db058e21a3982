import type { GateResult, ReferenceSet, SetFigures } from '../../shared/gate.ts'
import { fixed } from '../../shared/language.ts'
import type { CardResult } from '../../shared/model.ts'
import type { Judgement } from '../../shared/model-work.ts'

export const percent = (share: number | null | undefined): string =>
  typeof share === 'number' ? `${fixed(100 * share, 1)} %` : '–'

/** `92.3–96.5`, in percent. */
export const range = (interval: readonly [number, number] | null | undefined): string =>
  interval ? interval.map((end) => fixed(100 * end, 1)).join('–') : ''

export const megabytes = (bytes: number | null): string => (bytes === null ? '–' : `${fixed(bytes / 1e6, 1)} MB`)

/** The result that says most about new patients: what was held out, which cards tell first. */
export const mainResult = (results: CardResult[]): CardResult | null => results[0] ?? null

/** What a model showed on the reference set as it is locked now, and when; null where it was not judged on it. */
export function onReference(
  model: string,
  reference: ReferenceSet | null,
  judgements: Judgement[],
): { figures: SetFigures; at: string } | null {
  if (!reference) return null
  for (const { modelId, at, gate } of judgements) {
    const on = gate.reference
    if (on?.sha256 !== reference.sha256 || on.classesSha256 !== reference.classesSha256) continue
    if (modelId === model) return { figures: on.candidate, at }
    if (on.active?.id === model) return { figures: on.active, at }
  }
  return null
}

/** How quickly a model last read the images of a reference set on this machine; null where that was not measured. */
export function speedOf(model: string, judgements: Judgement[]): { ms: number; n: number; at: string } | null {
  for (const { modelId, at, gate } of judgements) {
    const { candidate, active } = gate.reference ?? {}
    const figures = modelId === model ? candidate : active?.id === model ? active : null
    if (figures?.millisecondsPerImage !== undefined) return { ms: figures.millisecondsPerImage, n: figures.n, at }
  }
  return null
}

/** `NAME@VERSION` where a reference set is a frozen set of this data folder; else the last part of its place. */
export function referenceName({ path }: { path: string }): string {
  const [, name, version] = /[/\\]([^/\\]+)[/\\](\d+)[/\\]dataset\.json$/.exec(path) ?? []
  return name && version ? `${name}@${version}` : (path.split(/[/\\]/).at(-1) ?? path)
}

export const failedOf = ({ findings }: GateResult) => findings.filter(({ passed }) => !passed)
