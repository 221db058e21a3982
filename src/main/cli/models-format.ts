import { describeFinding, type Gate, type GateResult, type SetFigures } from '../../shared/gate.ts'
import { LABELS } from '../../shared/labels.ts'
import type { ModelCard } from '../../shared/model.ts'
import type { PlanProposal } from '../../shared/model-work.ts'
import type { Activation, ModelComparison, ModelDetail, ModelRow, SetComparison } from '../../shared/models.ts'
import { formatCardMore, formatShortcutsBeside } from './card-format.ts'

/** Changed images that are named before it is said how many more there are. */
const LISTED = 50

const percent = (share: number | null | undefined) => (share == null ? '–' : `${(share * 100).toFixed(1)} %`)

export function formatRow({ id, origin, active, card, failure }: ModelRow): string {
  const mark = active ? '*' : ' '
  const what = failure ? `${failure.message} [${failure.code}]` : `${card?.date}  ${card?.name}`
  return `${mark} ${id.padEnd(24)}  ${origin.padEnd(10)}  ${what}`
}

export function formatDetail(model: ModelDetail): string[] {
  const { card, failure, activations } = model
  const lines = [`${model.id} (${model.origin}${model.active ? ', in force' : ''})`]
  if (failure) lines.push(`  ${failure.message} ${failure.action} [${failure.code}]`)
  if (card) lines.push(...formatCard(card).map((line) => `  ${line}`))
  return [...lines, ...activations.map((one) => `  ${formatActivation(one)}`)]
}

function formatCard(card: ModelCard): string[] {
  return [
    `${card.name}, version ${card.version}, ${card.date}`,
    `weights ${card.weightsSha256}`,
    ...card.results.map(
      ({ name, n, accuracy, macroRecall, date }) =>
        `${name}: macro recall ${percent(macroRecall)}, accuracy ${percent(accuracy)} (n = ${n}, ${date})`,
    ),
    ...card.tumourSensitivity.map(
      ({ name, n, sensitivity, date }) => `${name}: ${percent(sensitivity)} (n = ${n}, ${date})`,
    ),
    `For: ${card.intendedUse}`,
    ...card.limits.map((limit) => `Limit: ${limit}`),
    ...formatCardMore(card),
  ]
}

function formatActivation({ id, kind, at, by, reason, gate }: Activation): string {
  const unjudged = gate.withoutReference === null ? '' : `; without a reference set: ${gate.withoutReference}`
  return `${kind} ${id}, ${at}, by ${by}${reason ? `: ${reason}` : ''}${unjudged}`
}

export function formatFindings({ findings }: GateResult): string[] {
  return findings.map((finding) => `${finding.passed ? 'passed' : 'FAILED'}  ${describeFinding(finding)}`)
}

export function formatGate(gate: Gate): string[] {
  const { reference, recallFloor, shadow, twoPersons } = gate
  return [
    reference
      ? `Reference set: ${reference.path} (${reference.split ?? 'all'}), ${reference.images} images, ${reference.sha256.slice(0, 12)}`
      : 'Reference set: none; lock one with “gyrus models gate --reference <set>”.',
    `Macro recall: at most ${percent(gate.macroRecallMargin)} below the active model`,
    ...LABELS.map((label) => `Recall (${label}): at least ${percent(recallFloor[label])}`),
    `Calibration error (ECE): at most ${gate.eceCeiling}`,
    `Tumours called “no tumour”: at most ${percent(gate.tumourCalledNoneCeiling)}`,
    ...(shadow
      ? [`Last ${shadow.cases} signed cases: agreement at most ${percent(shadow.margin)} below the active model`]
      : []),
    ...(twoPersons ? ['Two administrators: one proposes a model, another one confirms it.'] : []),
  ]
}

export function formatPlanProposal(proposal: PlanProposal | null): string[] {
  if (!proposal) return []
  const { by, at, gate } = proposal
  const how = 'another administrator puts it in force by “gyrus models gate --confirm”'
  return ['', `Proposed by ${by}, ${at}; ${how}:`, ...formatGate(gate).map((line) => `  ${line}`)]
}

export function formatComparison({ first, second, set }: ModelComparison): string[] {
  return [
    ...formatDetail(first),
    '',
    ...formatDetail(second),
    ...['', ...formatShortcutsBeside(first.card, second.card)],
    ...(set ? ['', ...formatSet(set, first.id, second.id)] : []),
  ]
}

function formatSet(set: SetComparison, first: string, second: string): string[] {
  const { changed, images, unreadable } = set
  const listed = images.slice(0, LISTED).map((one) => `  ${one.file}: ${one.first} → ${one.second} (is ${one.truth})`)
  return [
    `On the set ${set.sha256.slice(0, 12)} (${set.first.n} images, ${unreadable.length} unreadable):`,
    `  ${formatFigures(first, set.first)}`,
    `  ${formatFigures(second, set.second)}`,
    `${changed.n} change their label: ${changed.corrected} corrected, ${changed.spoilt} spoilt, ${changed.stillWrong} wrong before and after`,
    ...listed,
    ...(images.length > LISTED ? [`  and ${images.length - LISTED} more; --json lists all`] : []),
  ]
}

const formatFigures = (id: string, { macroRecall, accuracy, ece, tumourCalledNone }: SetFigures) =>
  `${id}: macro recall ${percent(macroRecall)}, accuracy ${percent(accuracy)}, ECE ${ece.toFixed(4)}, tumours called “no tumour” ${percent(tumourCalledNone)}`
