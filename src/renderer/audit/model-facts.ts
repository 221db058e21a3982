import { CRITERIA, CRITERION_NAMES } from '../../shared/gate.ts'
import { ALARM_KINDS, driftIn, isDrift, limitsSchema } from '../../shared/monitoring.ts'
import { FIELDS, type LimitName, type Typed, typedOf } from '../monitoring/limit-fields.ts'
import { texts } from '../texts.ts'
import { type Detail, of } from './detail.ts'
import { NAMES, PHRASES } from './fact-phrases.ts'
import { after, change, counted, type Facts, failure, some } from './fact-words.ts'

/** `gate passed`, or by which criteria it was not. */
function gate(d: Detail): string | null {
  const result = of.object(d.gate)
  if (result?.passed === true) return PHRASES['gate passed']
  if (result?.passed !== false) return null
  const findings = Array.isArray(result.findings) ? result.findings.map(of.object) : []
  const failed = CRITERIA.filter((name) => findings.some((one) => one?.criterion === name && one.passed === false))
  const names = failed.map((name) => CRITERION_NAMES[name])
  return [PHRASES['gate not passed'], ...(names.length ? [names.join(', ')] : [])].join(': ')
}

/** `Agreement with signed verdicts below: from 90 % to 85 %`, for each limit that is another one now. */
function limits(d: Detail): string[] {
  const [before, now] = [limitsSchema.safeParse(d.before), limitsSchema.safeParse(d.limits)]
  if (!before.success || !now.success) return []
  const [was, is] = [typedOf(before.data), typedOf(now.data)]
  const told = (name: string, from: string, to: string) => (from === to ? [] : [`${name}: ${change(from, to)}`])
  const shown = ({ on, values }: Typed, name: LimitName, unit: string) =>
    on[name] ? `${values[name]} ${unit}`.trim() : PHRASES.off
  const names = texts.monitoring.limits
  return [
    ...FIELDS.flatMap(({ name, unit }) => told(names[name], shown(was, name, unit), shown(is, name, unit))),
    ...told(names.minimum, String(was.minimum), String(is.minimum)),
  ]
}

/** An altered entry may name none that there is. */
function alarmName(kind: string | null): string | null {
  const known = ALARM_KINDS.find((one) => one === kind)
  if (known === undefined) return kind
  const t = texts.monitoring.charts
  if (!isDrift(known)) return t[known]
  const { what, from } = driftIn(known)
  return `${from === 'first' ? t.drift : t.trained}: ${t.driftOf[what]}`
}

const alarm: Facts = (d) => [
  alarmName(of.text(d.kind)),
  counted(d, 'n', 'case', 'cases'),
  after('model', of.text(d.model)),
]
const training: Facts = (d) => [failure(d.code), after('best epoch', of.count(d.epoch))]
const activation: Facts = (d) => [after('reason:', of.text(d.reason)), gate(d)]

/** What the acts of the admin panel tell: data sets, training, models, alarms. */
export const MODEL_FACTS: Record<string, Facts> = {
  'dataset.imported': (d) => [counted(d, 'images', 'image', 'images')],
  'dataset.audited': (d) => [
    counted(d, 'groups', 'group of near copies', 'groups of near copies'),
    some(d, 'acrossSplits', 'across the sides'),
    counted(d, 'patients', 'patient on both sides', 'patients on both sides', 1),
  ],
  'search.started': (d) => [
    counted(d, 'trials', 'trial', 'trials'),
    (NAMES.modes as Record<string, string>)[of.text(d.mode) ?? ''] ?? null,
    after('at most', minutes(of.number(d.budgetSeconds))),
  ],
  'training.asked': (d) => [after('recipe', of.text(d.recipe)), after('seed', of.count(d.seed))],
  'training.finished': training,
  'training.failed': training,
  'model.activated': activation,
  'model.rolled-back': activation,
  'model.refused': activation,
  'model.judged': (d) => [gate(d)],
  'model.proposed': (d) => [
    after('reason:', of.text(d.reason)),
    after('without a reference set:', of.text(d.withoutReference)),
  ],
  'model.withdrawn': (d) => [after('proposed by', of.text(d.proposedBy))],
  'model.compared': (d) => [
    after('with', of.text(d.first)),
    after('on', of.text(d.set)),
    counted(d, 'changed', 'answer changes', 'answers change'),
  ],
  'model.evaluated': (d) => [after('on', of.text(d.set))],
  'gate.withdrawn': (d) => [after('proposed by', of.text(d.proposedBy))],
  'gate.bypassed': (d) => [after('model loaded from', of.text(d.dir)), after('by', of.text(d.by))],
  'monitoring.limits-set': limits,
  'monitoring.alarm-raised': alarm,
  'monitoring.alarm-ended': alarm,
}

const minutes = (seconds: number | null) => (seconds === null ? null : `${Math.ceil(seconds / 60)} min`)
