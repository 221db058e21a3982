import { spawnSync } from 'node:child_process'
import { generateKeyPairSync, sign } from 'node:crypto'
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { DailyHead } from '../../src/main/core/audit/daily.ts'
import { codesOf } from '../../src/main/core/audit/formats/atna-codes.ts'
import { exportEntries } from '../../src/main/core/audit/formats/index.ts'
import { exportHead, parseHead } from '../../src/main/core/audit/heads.ts'
import { ensureKey } from '../../src/main/core/audit/key.ts'
import { withWholeSubject } from '../../src/main/core/audit/subject.ts'
import { verifyAudit } from '../../src/main/core/audit/verify.ts'
import { VerifyJob } from '../../src/main/core/audit/verify-job.ts'
import { dataFolderAt, prepareDataFolder, scanPath } from '../../src/main/core/data-folder.ts'
import { openReadStore, openStore } from '../../src/main/store/index.ts'
import type { LoggedAct } from '../../src/main/store/types.ts'
import { auditQuerySchema, type SignedHead } from '../../src/shared/audit.ts'
import { canonicalJson } from '../../src/shared/canonical-json.ts'
import { newCase } from '../support/cases.ts'
import { temporaryFolder } from '../support/cleanup.ts'
import { tamper } from '../support/spoil.ts'

const BY = { actor: 'Dr A', daily: false }

async function openRecord() {
  const root = temporaryFolder()
  const folder = dataFolderAt(join(root, 'data'))
  prepareDataFolder(folder)
  const store = await openStore(folder.database)
  onTestFinished(() => store.close().catch(() => undefined))
  const heads = join(root, 'heads')
  mkdirSync(heads)
  return { root, folder, store, heads }
}

type Opened = Awaited<ReturnType<typeof openRecord>>

/** Held against signed heads by a Gyrus that only reads. */
async function verifyWith({ folder }: Opened, ...heads: SignedHead[]) {
  const store = openReadStore(folder.database)
  try {
    const named = heads.map((head, i) => ({ path: `head-${i}`, head }))
    return await verifyAudit({ store, folder }, { files: false, heads: named })
  } finally {
    await store.close()
  }
}

describe('a signed head', () => {
  it('is written with a key of its owner alone, and is in the chain later', async () => {
    const opened = await openRecord()
    const { folder, store, heads } = opened
    await store.receive([newCase()])
    const { path, head, fingerprint } = await exportHead(opened, heads, BY)
    expect(statSync(folder.auditKey).mode & 0o777).toBe(0o600)
    expect(readdirSync(folder.root).filter((name) => name.startsWith('audit-key'))).toEqual(['audit-key.pem'])
    expect(parseHead(readFileSync(path, 'utf8'), path)).toEqual(head)
    expect(fingerprint).toMatch(/^[0-9a-f]{64}$/)
    await store.receive([newCase()])
    expect((await ensureKey(folder)).key.fingerprint).toBe(fingerprint)
    expect(await verifyWith(opened, head)).toMatchObject({ broken: null, heads: 1 })
    const { entries } = await store.listAudit(auditQuerySchema.parse({}), null, 10)
    expect(entries.map(({ act }) => act).toReversed()).toEqual([
      'case.received',
      'audit.key-made',
      'audit.head-exported',
      'case.received',
    ])
  })

  it('tells of a trail that was cut at its end, though all that is left fits', async () => {
    const opened = await openRecord()
    const { store, folder, heads } = opened
    const logged = { actor: 'Dr A', act: 'case.opened', subject: 'x', detail: {} } as const
    for (let i = 0; i < 5; i++) await store.log(logged)
    const { head } = await exportHead(opened, heads, BY)
    await store.close()
    tamper(folder.database, (sqlite) => sqlite.exec('delete from audit where seq > 3'))
    expect(await verifyWith(opened)).toMatchObject({ broken: null, entries: 3 })
    expect(await verifyWith(opened, head)).toMatchObject({
      broken: { kind: 'head-truncated', sequence: head.sequence },
    })
    const again = await openStore(folder.database)
    for (let i = 0; i < 9; i++) await again.log({ ...logged, subject: 'y' })
    await again.close()
    expect(await verifyWith(opened)).toMatchObject({ broken: null })
    expect(await verifyWith(opened, head)).toMatchObject({ broken: { kind: 'head-replaced', what: 'head-0' } })
  })

  it('is believed only with the signature of this installation', async () => {
    const opened = await openRecord()
    const { store, heads } = opened
    await store.receive([newCase(), newCase()])
    const { head } = await exportHead(opened, heads, BY)
    const kindOf = async (one: SignedHead) => (await verifyWith(opened, one)).broken?.kind
    expect(await kindOf({ ...head, sequence: 1 })).toBe('head-forged')
    expect(await kindOf({ ...head, at: '2020-01-01T00:00:00.000Z' })).toBe('head-forged')
    expect(await kindOf({ ...head, publicKey: 'eA==' })).toBe('head-forged')
    const { privateKey, publicKey } = generateKeyPairSync('ed25519')
    const { signature: _, ...content } = head
    const own = { ...content, publicKey: publicKey.export({ type: 'spki', format: 'der' }).toString('base64') }
    const signature = sign(null, Buffer.from(canonicalJson(own)), privateKey).toString('base64')
    expect(await kindOf({ ...own, signature })).toBe('head-foreign')
    expect(() => parseHead('{}', 'x')).toThrow(expect.objectContaining({ code: 'audit-head-invalid' }))
  })

  it('is not written where there is no folder, no key that can be read, nothing to sign', async () => {
    const opened = await openRecord()
    const { store, folder, heads } = opened
    await expect(exportHead(opened, join(heads, 'none'), BY)).rejects.toMatchObject({ code: 'audit-folder-missing' })
    writeFileSync(folder.auditKey, 'x')
    await store.receive([newCase()])
    await expect(exportHead(opened, heads, BY)).rejects.toMatchObject({ code: 'audit-key-unusable' })
    expect(readdirSync(heads)).toEqual([])
  })
})

it('a signed head goes out once a day, and what a missing folder held up is made up for', async () => {
  const opened = await openRecord()
  const { store, heads } = opened
  vi.useFakeTimers({ now: new Date('2026-05-01T10:00:00Z'), toFake: ['Date'] })
  onTestFinished(() => void vi.useRealTimers())
  await store.receive([newCase()])
  const events: string[] = []
  const daily = new DailyHead({ ...opened, emit: ({ type }) => events.push(type) })
  await expect(daily.setFolder(join(heads, 'none'), 'Dr A')).rejects.toMatchObject({ code: 'audit-folder-missing' })
  await daily.setFolder(heads, 'Dr A')
  await daily.look()
  expect(readdirSync(heads)).toHaveLength(1)
  vi.setSystemTime(new Date('2026-05-02T10:00:00Z'))
  rmSync(heads, { recursive: true })
  await daily.look()
  expect(await daily.status()).toMatchObject({
    folder: heads,
    last: { at: '2026-05-01T10:00:00.000Z' },
    failure: { code: 'audit-folder-missing', message: expect.stringContaining(heads) },
  })
  mkdirSync(heads)
  await daily.look()
  await daily.look()
  expect(readdirSync(heads)).toHaveLength(1)
  expect(await daily.status()).toMatchObject({ last: { at: '2026-05-02T10:00:00.000Z' }, failure: null })
  expect(events).toEqual(['audit', 'audit', 'audit'])
  await daily.close()
})

it('a verification that a page begins holds the trail against the heads of the chosen folder', async () => {
  const opened = await openRecord()
  const { store, folder, heads } = opened
  await store.receive([newCase(), newCase(), newCase()])
  const daily = new DailyHead({ ...opened, emit: () => undefined })
  await daily.setFolder(heads, 'Dr A')
  const verdictOf = async (of: typeof store) => {
    const job = new VerifyJob({ store: of, folder, emit: () => undefined })
    job.start(false, 'Dr A')
    await expect.poll(() => job.status.state).not.toBe('running')
    return job.status
  }
  expect(await verdictOf(store)).toMatchObject({ verdict: { broken: null, heads: 1 } })
  // Of another installation that writes there, too.
  writeFileSync(join(heads, 'gyrus-head-00000000-000000001-20260501T100000Z.json'), '{}')
  expect(await verdictOf(store)).toMatchObject({ verdict: { broken: null, heads: 1 } })
  await store.close()
  tamper(folder.database, (sqlite) => sqlite.exec('delete from audit where seq > 3'))
  const again = await openStore(folder.database)
  onTestFinished(() => again.close())
  // What tells of the last head is a setting, so a trail that was cut says nothing of it by itself.
  expect(await verdictOf(again)).toMatchObject({ verdict: { broken: { kind: 'head-truncated' } } })
})

it('stored scans are read again on request', async () => {
  const opened = await openRecord()
  const { store, folder } = opened
  // SHA-256 of “abc”.
  const sha256 = 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'
  await store.receive([newCase({ scan: { sha256, bytes: 3 } })])
  const path = scanPath(folder, sha256)
  const verify = () => verifyAudit({ store, folder }, { files: true, heads: [] })
  expect(await verify()).toMatchObject({ broken: { kind: 'file-missing', sequence: 1, what: `scans/${sha256}` } })
  mkdirSync(join(path, '..'), { recursive: true })
  writeFileSync(path, 'abc')
  expect(await verify()).toMatchObject({ broken: null, files: 1 })
  writeFileSync(path, 'abd')
  expect(await verify()).toMatchObject({ broken: { kind: 'file-altered', sequence: 1 } })
})

const HOSTILE = `=1+1,"<b>&'\u0001\ud800\r\n]]>`

describe('an export', () => {
  async function exported(format: 'csv' | 'json' | 'atna', acts: LoggedAct['act'][] = ['case.opened']) {
    const { store } = await openRecord()
    for (const act of acts) await store.log({ actor: HOSTILE, act, subject: HOSTILE, detail: { text: HOSTILE } })
    await store.log({ actor: 'gyrus', act: 'app.started', subject: 'gyrus', detail: {} })
    const { content } = await exportEntries(store, format, auditQuerySchema.parse({}), null)
    return { text: (await Array.fromAsync(content)).join(''), store }
  }

  it('as CSV doubles quotes and disarms formulas', async () => {
    const { text } = await exported('csv')
    const [head, started, opened] = text.split(/\r\n(?=\d)/)
    expect(head).toBe('sequence,at,actor,act,subject,detail,previousHash,hash')
    expect(started).toContain(',gyrus,app.started,gyrus,{},')
    expect(opened).toContain(`"'=1+1,""<b>&'`)
  })

  it('as JSON is what is on record', async () => {
    const { text, store } = await exported('json')
    expect(JSON.parse(text)).toEqual((await store.listAudit(auditQuerySchema.parse({}), null, 10)).entries)
  })

  it('of nothing is still whole', async () => {
    const { store } = await openRecord()
    const { content } = await exportEntries(store, 'json', auditQuerySchema.parse({}), null)
    expect(JSON.parse((await Array.fromAsync(content)).join(''))).toEqual([])
  })

  it('as DICOM audit messages is XML with what PS3.15 A.5 asks for', async ({ skip }) => {
    const acts: LoggedAct['act'][] = ['case.opened', 'gate.bypassed', 'audit.exported', 'model.exported']
    const { text } = await exported('atna', acts)
    const { status, stdout, stderr, error } = spawnSync('python3', ['-c', READ_ATNA], { input: text, encoding: 'utf8' })
    if (error) return skip('not run: there is no python3 to read the XML with')
    expect([status, stderr]).toEqual([0, ''])
    const messages = JSON.parse(stdout)
    expect(messages.map((one: { event: string }) => one.event)).toEqual([
      '110100',
      '110106',
      '110101',
      '110113',
      '110103',
    ])
    expect(messages[0]).toMatchObject({ action: 'E', outcome: '0', types: ['110120', 'app.started'], users: ['gyrus'] })
    expect(messages[4]).toMatchObject({
      action: 'R',
      types: ['case.opened'],
      subject: HOSTILE.replace('\u0001', '\ufffd').replace('\ud800', '\ufffd'),
    })
    expect(messages[4].users).toEqual([messages[4].subject, 'gyrus'])
    expect(messages[4].details).toMatchObject({ sequence: '1', hash: expect.stringMatching(/^[0-9a-f]{64}$/) })
    expect(JSON.parse(messages[4].details.detail).text).toContain('<b>')
  })

  it('maps sign-ins and acts that it does not know', () => {
    expect(codesOf('session.started')).toMatchObject({
      id: ['110114', 'User Authentication'],
      type: ['110122', 'Login'],
    })
    expect(codesOf('session.refused')).toMatchObject({ outcome: 4 })
    expect(codesOf('account.added').id[0]).toBe('110113')
    expect(codesOf('something.else').id[0]).toBe('110100')
  })
})

/** Reads the messages with an XML parser that knows nothing of us, and checks the order and presence of elements. */
const READ_ATNA = `
import base64, json, sys
import xml.etree.ElementTree as ET
root = ET.fromstring(sys.stdin.buffer.read())
assert root.tag == 'AuditMessages'
out = []
for message in root:
    names = [child.tag for child in message]
    order = ['EventIdentification', 'ActiveParticipant', 'AuditSourceIdentification', 'ParticipantObjectIdentification']
    assert message.tag == 'AuditMessage' and list(dict.fromkeys(names)) == order, names
    event = message.find('EventIdentification')
    assert event.get('EventDateTime') and [c.tag for c in event][0] == 'EventID'
    for code in message.iter():
        if 'csd-code' in code.attrib:
            assert code.get('codeSystemName') and code.get('originalText'), code.attrib
    users = message.findall('ActiveParticipant')
    assert all(u.get('UserID') and u.get('UserIsRequestor') in ('true', 'false') for u in users)
    assert sum(u.get('UserIsRequestor') == 'true' for u in users) == 1
    assert message.find('AuditSourceIdentification').get('AuditSourceID')
    thing = message.find('ParticipantObjectIdentification')
    assert thing.find('ParticipantObjectIDTypeCode') is not None and thing.get('ParticipantObjectTypeCode')
    out.append({
        'event': event.find('EventID').get('csd-code'),
        'action': event.get('EventActionCode'),
        'outcome': event.get('EventOutcomeIndicator'),
        'types': [t.get('csd-code') for t in event.findall('EventTypeCode')],
        'users': [u.get('UserID') for u in users],
        'subject': thing.get('ParticipantObjectID'),
        'details': {d.get('type'): base64.b64decode(d.get('value')).decode() for d in thing.findall('ParticipantObjectDetail')},
    })
print(json.dumps(out))
`

it('entries are asked for by a case’s code or the end of its id, also of a dismissed one', async () => {
  const { store } = await openRecord()
  const failed = '01890000-0000-7000-8000-0000c26d91e8'
  const other = '01890000-0000-7000-8000-0001c26d91e8'
  const failure = { code: 'file-empty' as const, details: {} }
  const { scan: _, ...one } = newCase({ id: failed })
  await store.receiveFailed([{ ...one, failure }])
  const about = async (subject: string) => (await withWholeSubject(store, auditQuerySchema.parse({ subject }))).subject
  for (const typed of ['C26D-91E8', 'c26d91e8', '…0000c26d91e8', failed]) expect(await about(typed)).toBe(failed)
  await store.dismiss(failed, 'Dr A')
  expect(await about('C26D-91E8')).toBe(failed)
  // What is no end of one id stays as it was typed.
  for (const typed of ['ffffffff', 'efl0-2', 'deadbeef', '']) expect(await about(typed)).toBe(typed)
  await store.receiveFailed([{ ...one, id: other, failure }])
  expect(await about('C26D-91E8')).toBe('C26D-91E8')
  expect(await about('1c26d91e8')).toBe(other)
})
