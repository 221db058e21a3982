import { GyrusError } from '../../../shared/errors.ts'
import type { DueSending, ObjectKind, Store } from '../../store/types.ts'
import type { CaseObjects } from '../case-objects/index.ts'
import type { PacsClient } from '../pacs/client.ts'

export interface SendingParts {
  store: Store
  objects: CaseObjects
  /** @throws GyrusError `pacs-unknown` */
  clientOf(id: string): Promise<{ client: PacsClient }>
}

/**
 * Makes the objects of a case as it stands and gives them to the PACS.
 *
 * @returns what the PACS said it has
 * @throws GyrusError `pacs-*`, `objects-*`, and where the case cannot be read
 */
export async function sendOne(
  { store, objects, clientOf }: SendingParts,
  { caseId, pacs: id, by }: DueSending,
  signal: AbortSignal,
): Promise<{ kind: ObjectKind; uid: string }[]> {
  const pacs = await store.pacsById(id)
  if (!pacs.on) throw new GyrusError('pacs-off', { pacs: pacs.name })
  const { files } = await objects.ofCase(caseId, { actor: by, way: `to the PACS ${pacs.name}`, quiet: true })
  const { client } = await clientOf(id)
  const outcomes = await client.store(
    files.map(({ content }) => content),
    signal,
  )
  for (const { uid } of files) {
    const outcome = outcomes.find(({ sopInstanceUid }) => sopInstanceUid === uid)
    if (!outcome) throw new GyrusError('pacs-not-stored', { pacs: pacs.name, status: 'none told', comment: '' })
    if (outcome.failure) throw new GyrusError(outcome.failure.code, outcome.failure.details)
  }
  return files.map(({ kind, uid }) => ({ kind, uid }))
}
