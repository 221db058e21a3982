import { openStore } from '../../src/main/store/index.ts'
import type { Store } from '../../src/main/store/types.ts'
import type { Verdict } from '../../src/shared/cases.ts'
import type { VerdictLabel } from '../../src/shared/labels.ts'
import type { Impression } from '../../src/shared/reading.ts'
import { newCase, newResult } from './cases.ts'

/** A case whose AI label is glioma, at 0.7. */
export async function analysed(store: Store, change: Parameters<typeof newCase>[0] = {}): Promise<string> {
  const one = newCase(change)
  await store.receive([one])
  await store.complete([newResult(one.id)])
  return one.id
}

/** Agrees where it is the AI's label. */
export const saying = (caseId: string, reader: string, says: Impression, comment = '') => ({
  ...{ caseId, reader, comment },
  verdict: (says === 'glioma' ? 'agree' : says === 'cannot-tell' ? says : 'disagree') as Verdict,
  label: (says === 'glioma' || says === 'cannot-tell' ? null : says) as VerdictLabel | null,
})

/** A verdict, signed. Its id. */
export async function signed(store: Store, caseId: string, reader: string, says: Impression): Promise<number> {
  await store.review(saying(caseId, reader, says))
  const verdictId = (await store.getCase(caseId)).verdicts[0]?.id as number
  await store.sign({ caseId, verdictId, reader })
  return verdictId
}

/** Signed by A, marked, and read by B: `open` where B says nothing. Its id, and that of A's verdict. */
export async function readTwice(store: Store, first: Impression, second: Impression | null) {
  const id = await analysed(store)
  const verdictId = await signed(store, id, 'Dr A', first)
  await store.markForSecond(id, 'Dr A')
  if (second !== null) await store.readSecond(saying(id, 'Dr B', second, 'the second one’s comment'))
  return { id, verdictId }
}

/** Adds a case that two read and a third one decided. */
export async function addAdjudicated(file: string): Promise<void> {
  const store = await openStore(file)
  const { id, verdictId } = await readTwice(store, 'glioma', 'meningioma')
  await store.adjudicate({ ...saying(id, 'Dr C', 'notumor'), verdictId })
  await store.close()
}
