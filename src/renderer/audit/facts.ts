import { type AuditEntryRow, breakSentence, isBreakKind, WITHHELD_DETAIL } from '../../shared/audit.ts'
import { formatConfidence } from '../../shared/labels.ts'
import { LANGUAGE_NAMES } from '../../shared/language.ts'
import { URGENCY_PARTS, urgencyInWords } from '../../shared/urgency.ts'
import { size } from '../care/texts.ts'
import { number, plural } from '../format.ts'
import { texts } from '../texts.ts'
import { type Detail, named, of } from './detail.ts'
import { NAMES, PHRASES } from './fact-phrases.ts'
import { after, change, counted, type Facts, failure, some, when, yes } from './fact-words.ts'
import { MODEL_FACTS } from './model-facts.ts'
import { SOURCE_FACTS } from './source-facts.ts'

/** The points of a rule; null where it has none, as an altered entry. */
const urgency = (d: Detail | null) => {
  // Entries from before there were as many parts have fewer.
  const parts = URGENCY_PARTS.flatMap((part) => {
    const points = of.number(d?.[part])
    return points === null ? [] : [[part, points] as const]
  })
  return parts.length === 0 ? null : urgencyInWords(Object.fromEntries(parts)) || null
}
/** In itself; that of each browser where none is chosen. */
const languageOf = (code: unknown) => named(LANGUAGE_NAMES, of.text(code)) ?? texts.settings.language.browser
const role = (code: unknown) => named(texts.accounts.roles, of.text(code))

/** `Glioma 0.97, model efl0-2`. */
const answer: Facts = (d) => {
  const label = of.text(d.label)
  const share = label === null ? null : of.number(of.object(d.confidences)?.[label])
  const outside = of.text(of.object(d.gate)?.verdict) === 'outside'
  const name = outside ? texts.called.unjudged : named(texts.labels, label)
  return [name && (share === null ? name : `${name} ${formatConfidence(share)}`), after('model', of.text(d.model))]
}
const verdict: Facts = (d) => {
  const label = named(texts.verdictLabels, of.text(d.label))
  const says = named(texts.verdicts, of.text(d.verdict))
  return [label && says ? texts.verdict.withLabel(says, label) : says]
}
const received: Facts = (d) => [
  named(texts.sources, of.text(d.source)),
  d.bytes === undefined ? null : size(of.number(d.bytes) ?? 0),
  d.batch === undefined ? null : PHRASES['in a batch'],
  after('asked for by', of.text(d.asked)),
]
const batch: Facts = (d) => [
  counted(d, 'total', 'file', 'files'),
  some(d, 'analysed', 'analysed'),
  some(d, 'failed', 'failed'),
  some(d, 'skipped', 'seen before'),
  some(d, 'remaining', 'left'),
  failure(d.code),
]
const report: Facts = (d) => [
  counted(d, 'pages', 'page', 'pages'),
  named(texts.report.papers, of.text(d.paper)),
  named(LANGUAGE_NAMES, of.text(d.language)),
  after('for', of.text(d.to)),
]
const DATABASES = { sqlite: 'SQLite', postgresql: 'PostgreSQL' }
const moved: Facts = (d) => [
  change(named(DATABASES, of.text(d.from)), named(DATABASES, of.text(d.to))),
  counted(d, 'entries', 'entry', 'entries'),
]
const shell = (d: Detail) => named(NAMES.shells, of.text(d.shell))
const failures = (d: Detail) => counted(d, 'failures', 'failed try', 'failed tries', 1)
const because: Facts = (d) => [named(NAMES.because, of.text(d.because))]
const rule: Facts = (d) => [after('by the rule', of.text(d.rule)?.replaceAll('-', ' ') ?? null)]
const scope: Facts = (d) => [d.scope === 'patient' ? PHRASES['all cases of the patient'] : PHRASES['this case']]

const FACTS: Record<string, Facts> = {
  'app.started': (d) => [after('version', of.text(d.version))],
  'case.received': received,
  'case.listed': received,
  'case.copied': received,
  'case.grouped': (d) => [counted(d, 'slices', 'slice', 'slices')],
  'case.analysed': answer,
  'case.analysed-again': answer,
  'case.frame-asked': (d) => [
    `${PHRASES.frame} ${typeof d.frame === 'number' ? d.frame : '?'}`,
    ...(d.label ? answer(d) : [PHRASES['not judged']]),
  ],
  'case.rerun': (d) => [
    d.same === true ? texts.history.same : texts.history.differs(of.texts(d.differs)),
    after('model', of.text(d.model)),
  ],
  'case.experiment-kept': (d) => [PHRASES['not a result'], ...answer(d), of.texts(d.steps).join(', ') || null],
  'case.failed': (d) => [failure(d.code)],
  'case.reviewed': verdict,
  'case.amended': verdict,
  'case.second-read': verdict,
  'case.adjudicated': verdict,
  'case.impression': (d) => [
    named({ ...texts.verdictLabels, 'cannot-tell': texts.verdict.cannotTell }, of.text(d.impression)),
  ],
  'case.second-marked': (d) => [named(NAMES.why, of.text(d.why))],
  'case.exported': report,
  'case.objects-made': (d) => [
    Array.isArray(d.objects) ? `${d.objects.length} ${PHRASES.objects}` : null,
    d.signed === true ? PHRASES.signed : PHRASES.preliminary,
    of.text(d.to),
  ],
  'case.send-asked': (d) => [of.text(d.pacs)],
  'case.sent': (d) => [
    of.text(d.pacs),
    Array.isArray(d.objects) ? plural(d.objects.length, PHRASES.object, PHRASES.objects) : null,
    counted(d, 'tries', 'try', 'tries', 2),
    after('for', of.text(d.by)),
  ],
  'case.send-failed': (d) => [
    of.text(d.pacs),
    failure(d.code),
    d.again === true ? PHRASES['tried again'] : PHRASES['not tried any more'],
  ],
  'case.send-given-up': (d) => [of.text(d.pacs)],
  'sending.set': (d) => [of.text(d.to) ?? PHRASES.nowhere],
  'objects.organisation-set': (d) => [
    of.text(d.organisation) || PHRASES['not stated'],
    `${PHRASES['before:']} ${of.text(d.before) || PHRASES['not stated']}`,
  ],
  'objects.before-signing-set': (d) => [d.beforeSigning === true ? PHRASES.allowed : PHRASES.forbidden],
  'case.erased': (d) => (d.rule === undefined ? [PHRASES['the digest of the reason is on record']] : rule(d)),
  'case.image-removed': rule,
  'case.held': scope,
  'case.hold-lifted': scope,
  'retention.rules-set': (d) => {
    const [months, years] = [of.number(d.imagesMonths), of.number(d.casesYears)]
    if (months === null && years === null) return [texts.care.retention.none]
    return [
      months === null ? null : texts.care.retention.imagesRule(months),
      years === null ? null : texts.care.retention.casesRule(years, d.unsigned === true),
    ]
  },
  'department.joined': (d) => [after('workstation', of.text(d.station)), of.text(d.database)],
  'department.left': (d) => [after('workstation', of.text(d.station))],
  'department.limited': (d) => [
    d.cases === true ? `${of.number(d.casesAtOnce)} ${PHRASES['cases at a time']}` : PHRASES['no cases'],
    d.trainings === true ? PHRASES.trainings : PHRASES['no trainings'],
  ],
  'department.retried': (d) => [counted(d, 'cases', 'case', 'cases')],
  'retention.run': (d) => [
    counted(d, 'cases', 'case erased', 'cases erased'),
    counted(d, 'images', 'image removed', 'images removed'),
    size(of.number(d.bytes) ?? 0),
  ],
  'retention.clock-confirmed': (d) => [change(when(d, 'before'), when(d, 'after'))],
  'batch.created': (d) => [
    named(NAMES.origins, of.text(d.origin)),
    yes(d, 'subFolders', 'with sub-folders'),
    yes(d, 'skipSeen', 'skips what was seen before'),
  ],
  'batch.started': batch,
  'batch.paused': batch,
  'batch.resumed': batch,
  'batch.retried': batch,
  'batch.cancelled': batch,
  'batch.interrupted': batch,
  'batch.completed': batch,
  'batch.exported': batch,
  'batch.reported': report,
  'monitoring.reported': (d) => [of.text(d.month), ...report(d)],
  ...MODEL_FACTS,
  ...SOURCE_FACTS,
  'native-engine.install-failed': (d) => [failure(d.code)],
  'native-engine.removed': (d) => [`${size(of.number(d.freedBytes) ?? 0)} ${PHRASES.freed}`],
  'reading.impression-first-set': (d) => [d.on === true ? PHRASES.on : PHRASES.off],
  'reading.second-set': (d) => [
    named(NAMES.when, of.text(d.when)),
    d.when === 'below' ? formatConfidence(of.number(d.below) ?? 0) : null,
    after('adjudicated by', of.texts(d.adjudicators).join(', ') || PHRASES['any third reader']),
  ],
  'reading.urgency-set': (d) => [urgency(of.object(d.before)), after('now', urgency(d))],
  'language.department-set': (d) => [change(languageOf(d.before), languageOf(d.language))],
  'clock.set-back': (d) => [change(when(d, 'before'), when(d, 'now'))],
  'audit.head-exported': (d) => [after('of entry', of.count(d.sequence)), yes(d, 'daily', 'by itself, once a day')],
  'audit.heads-folder-set': (d) => [of.text(d.folder) ?? PHRASES.none],
  'audit.exported': (d) => [named(texts.audit.formats, of.text(d.format))],
  'audit.verified': (d) => {
    const broken = of.object(d.broken)
    const kind = of.text(broken?.kind)
    const at = of.number(broken?.sequence)
    return [
      d.sound === true
        ? PHRASES.sound
        : `${PHRASES['not sound']}${at === null ? '' : `, ${PHRASES['at entry']} ${number(at)}`}`,
      kind !== null && isBreakKind(kind) ? breakSentence(kind).replace(/\.$/, '') : null,
      d.sound === true
        ? counted(d, 'entries', 'entry', 'entries')
        : after('stopped there, after', counted(d, 'entries', 'entry', 'entries')),
    ]
  },
  'backup.made': (d) => [
    of.text(d.path),
    counted(d, 'scans', 'scan', 'scans'),
    some(d, 'lost', 'lost before'),
    yes(d, 'daily', 'by itself, once a day'),
  ],
  'backup.removed': (d) => [of.text(d.path)],
  'backup.verified': (d) => [
    d.sound === true ? PHRASES.sound : PHRASES['not sound'],
    of.text(d.reason),
    of.text(d.path),
  ],
  'backup.schedule-set': (d) => [
    of.text(d.folder) ?? PHRASES['none is made by itself'],
    some(d, 'daily', 'newest days kept'),
    some(d, 'weekly', 'newest weeks kept'),
  ],
  'record.restored': (d) => [
    after('from', of.text(d.backup)),
    after('made', when(d, 'at')),
    counted(d, 'entries', 'entry', 'entries'),
    of.text(d.installation) && PHRASES['one record more, apart from that one'],
  ],
  'department.role-granted': (d) => [of.text(d.role)],
  'record.moved': moved,
  'record.left': (d) => [...moved(d), of.text(d.place)],
  'record.key-changed': (d) => [named(NAMES.keys, of.text(d.what)), d.removed === true ? PHRASES.removed : PHRASES.set],
  'patient.exported': (d) => [
    plural(of.texts(d.cases).length, PHRASES.case, PHRASES.cases),
    counted(d, 'files', 'file', 'files'),
  ],
  'account.added': (d) => [of.text(d.fullName), role(d.role), yes(d, 'first', 'the first account')],
  'account.role-changed': (d) => [change(role(d.from), role(d.to))],
  'account.token-added': (d) => [after('for', of.text(d.purpose)), after('good until', when(d, 'expiresAt'))],
  'account.lock-time-changed': (d) => [after('minutes:', change(of.count(d.from), of.count(d.to)))],
  'session.started': (d) => [shell(d), after('after', failures(d))],
  'session.refused': (d) => [
    shell(d),
    ...because(d),
    d.known === false ? PHRASES['no such account'] : null,
    failures(d),
    after('gyrus', of.text(d.command)),
    some(d, 'unlogged', 'more like it that were not written down'),
  ],
  'session.locked': because,
  'session.ended': because,
  'token.used': (d) => [after('gyrus', of.text(d.command))],
  'request.refused': (d) => [of.text(d.request), after('as', role(d.role)), shell(d)],
}

/** What an entry tells beside its act, in words; digests and ids, which say nothing to a reader, are left out. */
export const factsOf = ({ act, detail }: Pick<AuditEntryRow, 'act' | 'detail'>): string =>
  detail === WITHHELD_DETAIL ? texts.audit.withheld : told(act, detail)

const told = (act: string, detail: string): string =>
  (FACTS[act]?.(of.parsed(detail)) ?? []).filter((fact) => fact !== null && fact !== '').join(' · ')

/** Acts of which an entry tells nothing more. */
export const tellsMore = (act: string): boolean => Object.hasOwn(FACTS, act)
