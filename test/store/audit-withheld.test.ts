import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { openStore } from '../../src/main/store/index.ts'
import { auditQuerySchema, WITHHELD_DETAIL } from '../../src/shared/audit.ts'
import { newCase, newResult } from '../support/cases.ts'
import { temporaryFolder } from '../support/cleanup.ts'

const TELLING = ['case.impression', 'case.reviewed', 'case.amended', 'case.second-read']

it('what others say of a case is kept back from its mark until the second reading, and of no other case', async () => {
  const store = await openStore(join(temporaryFolder(), 'gyrus.sqlite'))
  onTestFinished(() => store.close())
  const [one, other] = [newCase(), newCase()] as const
  await store.receive([one, other])
  await store.complete([newResult(one.id), newResult(other.id)])
  const says = { verdict: 'agree', label: null, comment: '' } as const
  const entries = async (reader: string | null) =>
    (await store.listAudit(auditQuerySchema.parse({ acts: TELLING }), null, 50, reader)).entries
  /** Acts on the case that the reader is told nothing of; on the other one that is none. */
  const withheld = async (reader: string | null) => {
    const kept = (await entries(reader)).filter(({ detail }) => detail === WITHHELD_DETAIL)
    expect(kept.filter(({ subject }) => subject !== one.id)).toEqual([])
    return kept.map(({ act }) => act).toReversed()
  }
  await store.addImpression({ caseId: one.id, reader: 'Dr A', impression: 'glioma' })
  for (const caseId of [one.id, other.id]) await store.review({ caseId, reader: 'Dr A', ...says })
  expect(await withheld('Dr B')).toEqual([])
  await store.markForSecond(one.id, 'Dr A')
  expect(await withheld('Dr B')).toEqual(['case.impression', 'case.reviewed'])
  const first = (await store.getCase(one.id)).verdicts[0]?.id ?? 0
  await store.sign({ caseId: one.id, verdictId: first, reader: 'Dr A' })
  await store.amend({ caseId: one.id, reader: 'Dr A', verdictId: first, reason: 'again', ...says })
  expect(await withheld('Dr B')).toEqual(['case.impression', 'case.reviewed', 'case.amended'])
  for (const shown of ['Dr A', null]) expect(await withheld(shown)).toEqual([])
  await store.readSecond({ caseId: one.id, reader: 'Dr B', ...says })
  expect(await withheld('Dr B')).toEqual([])
  expect(await entries('Dr C')).toEqual(await entries(null))
})
