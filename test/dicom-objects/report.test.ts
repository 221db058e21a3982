import { describe, expect, it } from 'vitest'
import { INPUT, OF_SERIES, SIGNED, VERDICT } from '../../scripts/reference/dicom-result.ts'
import { structuredReport } from '../../src/main/core/dicom-objects/structured-report.ts'
import type { ResultInput } from '../../src/main/core/dicom-objects/types.ts'
import { BANNER } from '../../src/shared/labels.ts'
import { SERIES_CAUTIONS, SERIES_RULE } from '../../src/shared/series.ts'
import { complaints, dcmtk, missing, python } from '../support/dicom-tools.ts'

interface Read {
  title: string[]
  comments: string[]
  groups: Group[]
  patient: string
  study: string
  predecessors: string[]
  evidence: string[]
  flags: string[]
  verifiers: string[]
}
interface Group {
  finding: string[]
  of: string[][]
  probabilities: { value: number; unit: string; finding: string[]; of: string[][]; method: string }[]
  evaluations: string[][][]
  images: string[]
  texts: Record<string, string>
  observer: string[]
  person: string[]
}

/** One Python for all: it takes its time to start. */
async function read(...inputs: ResultInput[]): Promise<Read[]> {
  const made = await Promise.all(inputs.map(structuredReport))
  return python('dicom-objects/python/read_report.py', ...made.map(({ file }) => file)) as Read[]
}

const NO_TUMOUR: ResultInput = {
  ...INPUT,
  result: {
    ...INPUT.result,
    label: 'notumor',
    confidences: { glioma: 0.1, meningioma: 0.1, notumor: 0.7, pituitary: 0.1 },
  },
}
const NOT_JUDGED: ResultInput = {
  ...INPUT,
  result: { ...INPUT.result, label: null, gate: { verdict: 'outside', reasons: ['colour', 'unlike'] }, set: null },
}
const OWN: ResultInput['verdict'] = { ...SIGNED, verdict: 'own', label: 'meningioma' }
const ENHANCED_MR = '1.2.840.10008.5.1.4.1.1.4.1'
const SEVERAL_FRAMES = INPUT.source.images.flatMap((image) => [
  { ...image, classUid: ENHANCED_MR, frames: [3, 4] },
  { ...image, uid: `${image.uid}.2`, seriesUid: `${image.seriesUid}.2` },
])

const SIGNED_INPUT: ResultInput = { ...INPUT, verdict: SIGNED }
const NASTY = 'a\\b^c=d\u001b$B\u0000\n<b>& 😀'
/** dciodvfy counts bytes where the standard counts letters: long lines have ASCII only. */
const LONG = NASTY.replace('😀', '').repeat(20)
const HOSTILE: ResultInput = {
  ...INPUT,
  installation: { ...INPUT.installation, organisation: LONG },
  verdict: { ...SIGNED, reader: LONG, comment: NASTY.repeat(500), signed: { by: NASTY, at: SIGNED.at } },
}

/** Every form that a report can have. */
const FORMS: [string, ResultInput][] = [
  ['that nobody has read', INPUT],
  ['with a verdict that is not signed', { ...INPUT, verdict: VERDICT }],
  ['that is signed', { ...INPUT, verdict: SIGNED }],
  ['of no tumour, with a reader who agrees', { ...NO_TUMOUR, verdict: { ...SIGNED, verdict: 'agree', label: null } }],
  [
    'with a reader who can’t tell',
    { ...INPUT, verdict: { ...SIGNED, verdict: 'cannot-tell', label: null, comment: '' } },
  ],
  ['with a reader who says something else', { ...INPUT, verdict: { ...SIGNED, label: 'other' } }],
  ['of a series', { ...OF_SERIES, verdict: SIGNED }],
  ['of an image that the model does not judge', NOT_JUDGED],
  ['of one that is not judged, with a finding of the reader’s own', { ...NOT_JUDGED, verdict: OWN }],
  ['of frames and of several images', { ...INPUT, source: { ...INPUT.source, images: SEVERAL_FRAMES } }],
  ['of a patient of whom nothing is known', withPatient({ name: '', id: '', issuer: '', birthDate: '', sex: '' })],
  ['of a patient with a name in three scripts', withPatient({ name: 'Yamada^Tarou=山田^太郎=やまだ^たろう' })],
  ['with hostile texts', HOSTILE],
  [
    'of an installation that has not said whose it is',
    { ...SIGNED_INPUT, installation: { ...INPUT.installation, organisation: '' } },
  ],
  ['that supersedes two', { ...INPUT, verdict: SIGNED, predecessors: [reference('1'), reference('2')] }],
]

function withPatient(patient: Partial<ResultInput['source']['patient']>): ResultInput {
  const { source } = INPUT
  return { ...INPUT, source: { ...source, patient: { ...source.patient, ...patient } } }
}

function reference(end: string) {
  const classUid = '1.2.840.10008.5.1.4.1.1.88.34'
  return { studyUid: INPUT.source.study.uid, seriesUid: '1.2.3.4', classUid, uid: `1.2.3.4.${end}` }
}

/** A coding scheme of our own, a name of which nobody can tell what is the family name, and what the source lacks. */
const EXPECTED = /<99GYRUS>|Retired Person Name form|needed to build DICOMDIR/

describe('a report as DICOM SR', () => {
  it.for(FORMS)('%s passes dciodvfy without errors', async ([, input], { skip }) => {
    const reason = missing('dciodvfy')
    if (reason) skip(reason)
    const { errors, warnings } = complaints((await structuredReport(input)).file)
    expect(errors).toEqual([])
    expect(warnings.filter((line) => !EXPECTED.test(line))).toEqual([])
  })

  it('is printed by dsrdump, with the banner and all that was said', async ({ skip }) => {
    const reason = missing('dcmdump')
    if (reason) skip(reason)
    const { file } = await structuredReport({ ...INPUT, verdict: SIGNED })
    const text = dcmtk('dsrdump', file, '+Pl')
    for (const part of [
      BANNER,
      '(393564001,SCT,"Glioma")',
      '"0.912345679" (1,UCUM,"no units")',
      '(302820008,SCT,"Intracranial meningioma")',
      'Dural tail.\\r\\nSee the prior study.',
      'Verifying Observers : 2026-11-20 13:01:02 +01:00, Dr. Ágnes Müller, Example Hospital, Radiology',
    ])
      expect(text).toContain(part)
  })

  it('gives another toolkit the finding, the probabilities and who said what', async ({ skip }) => {
    const reason = missing('dicomPython')
    if (reason) skip(reason)
    const [report] = await read({ ...INPUT, verdict: SIGNED })
    expect(report).toMatchObject({
      title: ['126000', 'DCM', 'Imaging Measurement Report'],
      comments: [BANNER],
      study: INPUT.source.study.uid,
      patient: 'Doe^Jane',
      evidence: ['1.2.826.0.1.3680043.10.1.3'],
      predecessors: [],
    })
    const [ai, reader, ...others] = report?.groups ?? []
    expect(others).toEqual([])
    expect(ai).toMatchObject({
      finding: ['393564001', 'SCT', 'Glioma'],
      images: ['1.2.826.0.1.3680043.10.1.3'],
      observer: ['Device'],
      person: [],
    })
    expect(ai?.texts).toMatchObject({ 'Algorithm Name': 'Gyrus brain MRI classifier', 'Algorithm Version': '2' })
    expect(ai?.probabilities.map(({ value, unit, finding }) => [finding[0], value, unit])).toEqual([
      ['393564001', 0.912345678901, '1'],
      ['302820008', 0.05, '1'],
      ['272519000', 0.0376543, '1'],
      ['127024001', 0.000000021099, '1'],
    ])
    expect(reader).toMatchObject({
      finding: ['302820008', 'SCT', 'Intracranial meningioma'],
      probabilities: [],
      observer: ['Person'],
      person: ['Dr. Ágnes Müller'],
    })
    expect(reader?.texts.Comment).toBe('Dural tail.\r\nSee the prior study.')
    expect(reader?.evaluations.at(-1)?.map(([value]) => value)).toEqual(['verdict', 'disagree'])
  })

  it('of a series names the slices that decided, the rule, and what must be said with it', async ({ skip }) => {
    const reason = missing('dicomPython')
    if (reason) skip(reason)
    const [report] = await read({ ...OF_SERIES, verdict: SIGNED })
    const slices = ['.15', '.14', '.16'].map((end) => `1.2.826.0.1.3680043.10.1.3${end}`)
    expect(report).toMatchObject({ evidence: slices, groups: { length: 2 } })
    const [ai, reader] = report?.groups ?? []
    expect([ai?.images, reader?.images]).toEqual([slices, slices])
    expect(ai?.texts).toMatchObject({
      'Algorithm Parameters': 'series-rule=neighbours-2',
      Comment: [
        'Answer of a series of 32 slices, 15 of them counted; 3 decided, first of them slice 15.',
        `Rule neighbours-2: ${SERIES_RULE.text}`,
        SERIES_CAUTIONS.untested,
        SERIES_CAUTIONS.contrast,
      ].join('\r\n'),
    })
    expect(new Set(ai?.probabilities.map(({ method }) => method))).toEqual(new Set(['softmax-mean']))
    expect(reader?.texts.Comment).toBe('Dural tail.\r\nSee the prior study.')
  })

  it('has no finding and no probability of an image that the model does not judge, and says why', async ({ skip }) => {
    const reason = missing('dicomPython')
    if (reason) skip(reason)
    const [report] = await read({ ...NOT_JUDGED, verdict: OWN })
    const [ai, reader] = report?.groups ?? []
    expect(ai).toMatchObject({ finding: [], probabilities: [] })
    expect(ai?.texts.Comment).toBe(
      [
        'The model does not judge this image.',
        'The picture is in colour',
        'The picture is unlike the images that the model learned from',
      ].join('\r\n'),
    )
    expect(reader?.finding).toEqual(['302820008', 'SCT', 'Intracranial meningioma'])
    expect(reader?.evaluations.at(-1)?.map(([value]) => value)).toEqual(['verdict', 'own-finding'])
  })

  it('never says tumour where the finding is none, whoever says it', async ({ skip }) => {
    const reason = missing('dicomPython')
    if (reason) skip(reason)
    const [report] = await read({ ...NO_TUMOUR, verdict: { ...SIGNED, verdict: 'agree', label: null } })
    expect(report?.groups).toHaveLength(2)
    for (const { finding, of } of report?.groups ?? []) {
      expect(finding).toEqual(['272519000', 'SCT', 'Absent'])
      expect(of).toEqual([['254935002', 'SCT', 'Intracranial tumor']])
    }
  })

  it('is verified where it is signed, and only there', async ({ skip }) => {
    const reason = missing('dicomPython')
    if (reason) skip(reason)
    const [unread, unsigned, signed] = await read(INPUT, { ...INPUT, verdict: VERDICT }, { ...INPUT, verdict: SIGNED })
    expect(unread).toMatchObject({ flags: ['PRELIMINARY', 'PARTIAL', 'UNVERIFIED'], verifiers: [] })
    expect(unsigned).toMatchObject({ flags: ['PRELIMINARY', 'PARTIAL', 'UNVERIFIED'], verifiers: [] })
    expect(signed).toMatchObject({ flags: ['FINAL', 'COMPLETE', 'VERIFIED'], verifiers: ['Dr. Ágnes Müller'] })
  })

  it('keeps texts from doing more than being read', async ({ skip }) => {
    const reason = missing('dicomPython')
    if (reason) skip(reason)
    const [report] = await read(HOSTILE)
    expect(report?.verifiers).toEqual(['a/b c d $B  <b>& 😀'])
    expect(report?.groups[1]?.person[0]).toHaveLength(64)
    expect(report?.groups[1]?.texts.Comment).toBe('a\\b^c=d $B \r\n<b>& 😀'.repeat(500))
  })

  it('names what it supersedes, newest first, and keeps names in other scripts', async ({ skip }) => {
    const reason = missing('dicomPython')
    if (reason) skip(reason)
    const input = { ...INPUT, verdict: SIGNED, predecessors: [reference('2'), reference('1')] }
    const name = 'Yamada^Tarou=山田^太郎=やまだ^たろう'
    const [superseding, named] = await read(input, withPatient({ name }))
    expect(superseding?.predecessors).toEqual(['1.2.3.4.2', '1.2.3.4.1'])
    expect(named?.patient).toBe(name)
  })
})

describe('the UIDs of a report', () => {
  const uidOf = async (input: ResultInput) => (await structuredReport(input)).reference.uid

  it('are the same for the same result, and others for another state, result or installation', async () => {
    const inputs = [
      INPUT,
      { ...INPUT, verdict: VERDICT },
      { ...INPUT, verdict: SIGNED },
      { ...INPUT, verdict: { ...SIGNED, id: 'another' } },
      { ...INPUT, result: { ...INPUT.result, id: 'another' } },
      { ...INPUT, installation: { ...INPUT.installation, id: '5b0a4d1e-0f5e-4a53-9d0a-6f2f3a4b5c6d' } },
    ]
    const uids = await Promise.all(inputs.map(uidOf))
    expect(new Set(uids).size).toBe(inputs.length)
    expect(await Promise.all(inputs.map((input) => uidOf({ ...input, at: '2027-01-01T00:00:00.000Z' })))).toEqual(uids)
    for (const uid of uids) expect(uid).toMatch(/^2\.25\.[1-9]\d{0,38}$/)
  })

  it('put all reports of a study into one series', async () => {
    const [first, second] = [await structuredReport(INPUT), await structuredReport({ ...INPUT, verdict: SIGNED })]
    expect(first.reference.seriesUid).toBe(second.reference.seriesUid)
    const other = { ...INPUT.source, study: { ...INPUT.source.study, uid: '1.2.3' } }
    expect((await structuredReport({ ...INPUT, source: other })).reference.seriesUid).not.toBe(
      first.reference.seriesUid,
    )
  })
})
