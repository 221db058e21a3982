import { expect, test } from 'vitest'
import { factsOf, tellsMore } from '../../src/renderer/audit/facts.ts'
import { texts } from '../../src/renderer/texts.ts'
import { DEFAULT_LIMITS } from '../../src/shared/monitoring.ts'
import { listFiles, readText } from './sources.ts'

/** Acts whose last part is not written out: the state of a training run. */
const written = (text: string) =>
  [...text.matchAll(/\bact\b[^\n'"`]*'([a-z-]+\.[a-z-]+)'/g)].map(([, act]) => act as string)

test('every act of the audit trail has a name on the screen', () => {
  const acts = [...new Set(listFiles('src/main/{core,store}/**/*.ts').flatMap((path) => written(readText(path))))]
  expect(acts.length).toBeGreaterThan(20)
  expect(acts.filter((act) => !Object.hasOwn(texts.audit.acts, act))).toEqual([])
})

/** What these are says all. */
const WORDLESS = [
  ...['app.stopped', 'case.opened', 'case.seen', 'case.retried', 'case.queued', 'case.signed', 'case.dismissed'],
  ...['training.queued', 'training.running', 'training.cancelled', 'training.interrupted'],
  ...[
    'model.registered',
    'model.exported',
    'gate.changed',
    'gate.proposed',
    'native-engine.install-began',
    'native-engine.installed',
  ],
  ...['audit.bound', 'audit.key-made', 'record.encrypted', 'record.decrypted'],
  ...['account.activated', 'account.deactivated', 'account.password-changed', 'account.password-reset'],
  'account.token-revoked',
  'search.resumed',
]

test('what an entry of each act tells is told in words, or its name says all', () => {
  const acts = Object.keys(texts.audit.acts)
  expect(acts.filter((act) => tellsMore(act) === WORDLESS.includes(act))).toEqual([])
})

test('an entry of another Gyrus, or one that was altered, takes no page down', () => {
  const details = [
    '',
    'null',
    '[]',
    '{',
    '{"cases":1,"label":{},"differs":{"a":1},"broken":[],"role":7,"at":"x","code":"x"}',
  ]
  for (const act of Object.keys(texts.audit.acts)) {
    for (const detail of details) expect(factsOf({ act, detail })).not.toMatch(/undefined|null|NaN|\[object/)
  }
  expect(factsOf({ act: 'other.act', detail: '{"a":1}' })).toBe('')
})

test('facts are told in the words of the screens', () => {
  const told = (act: string, detail: object) => factsOf({ act, detail: JSON.stringify(detail) })
  const analysed = { result: 1, model: 'efl0-2', label: 'pituitary', confidences: { pituitary: 0.999 } }
  expect(told('case.analysed', { ...analysed, weights: 'a'.repeat(64) })).toBe('Pituitary tumour >0.99 · model efl0-2')
  expect(told('case.reviewed', { verdict: 'disagree', label: 'notumor', id: 3 })).toBe('Disagree: No tumour')
  const joined = { station: 'reading-room-1', database: 'postgres://gyrus@db/gyrus' }
  expect(told('department.joined', joined)).toBe('workstation reading-room-1 · postgres://gyrus@db/gyrus')
  expect(told('department.left', { station: 'reading-room-1' })).toBe('workstation reading-room-1')
  expect(told('case.failed', { code: 'image-corrupt', failure: 2 })).not.toMatch(/image-corrupt|\{/)
  const counts = { total: 1200, analysed: 1190, failed: 3, skipped: 7, remaining: 0 }
  expect(told('batch.completed', counts)).toBe('1,200 files · 1,190 analysed · 3 failed · 7 seen before')
  expect(told('session.refused', { shell: 'electron', known: true, failures: 2 })).toBe(
    'in the window of the desktop · 2 failed tries',
  )
  const broken = { kind: 'gap', sequence: 1234 }
  expect(told('audit.verified', { sound: false, entries: 200, broken })).toBe(
    'not sound, at entry 1,234 · Entries are missing here · stopped there, after 200 entries',
  )
  expect(told('account.role-changed', { from: 'radiologist', to: 'auditor' })).toBe('from Radiologist to Auditor')
  const finding = {
    criterion: 'recall',
    label: 'glioma',
    comparison: 'at-least',
    wanted: 0.9,
    found: 0.7,
    passed: false,
  }
  const gate = { passed: false, findings: [finding, { ...finding, label: 'pituitary' }] }
  expect(told('model.judged', { weights: 'a', gate })).toBe('gate not passed: Recall')
  expect(told('model.compared', { first: 'efl0-2', second: 'mine', set: 'ours@2', changed: 1 })).toBe(
    'with efl0-2 · on ours@2 · 1 answer changes',
  )
  expect(told('search.started', { trials: 9, mode: 'random', budgetSeconds: 3_600 })).toBe(
    '9 trials · at random · at most 60 min',
  )
  const limits = { ...DEFAULT_LIMITS, agreement: 0.85, missed: null }
  expect(told('monitoring.limits-set', { limits, before: DEFAULT_LIMITS })).toBe(
    'Agreement with signed verdicts below: from 90 % to 85 % · Tumours called “no tumour” above: from 5 % to off',
  )
})
