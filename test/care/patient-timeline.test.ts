import { join } from 'node:path'
import { expect, it } from 'vitest'
import { exportPatient } from '../../src/main/core/care/patients.ts'
import { READER } from '../support/accounts.ts'
import { temporaryFolder } from '../support/cleanup.ts'
import { ask, openPaths, openTestCore } from '../support/core.ts'
import { writePicture } from '../support/images.ts'

it('an export of all that a patient has stands in the timeline of each of the cases, and of no other', async () => {
  const folder = temporaryFolder()
  const { core } = await openTestCore(join(folder, 'data'))
  const pictures = await Promise.all([1, 2, 3].map((seed) => writePicture(folder, `${seed}.png`, seed)))
  const [first, second, other] = (await openPaths(core, ...pictures)).map(({ caseId }) => caseId as string)
  const exportsOf = async (id: string | undefined) => {
    const { entries } = await ask(core, 'cases.timeline', { id: String(id) })
    return entries.filter(({ act }) => act === 'patient.exported').map(({ actor }) => actor)
  }
  expect(await exportsOf(first)).toEqual([])
  await ask(core, 'patients.export', { caseIds: [first, second] as string[] })
  await exportPatient(core, { patientId: null, caseIds: [first as string] }, join(folder, 'out'), 'Dr A')
  expect(await exportsOf(first)).toEqual([READER, 'Dr A'])
  expect(await exportsOf(second)).toEqual([READER])
  expect(await exportsOf(other)).toEqual([])
})
