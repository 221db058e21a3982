import { dirname } from 'node:path'
import { expect, it } from 'vitest'
import { verifyAudit } from '../../../src/main/core/audit/verify.ts'
import { anyCase } from '../../support/cases.ts'
import { temporaryFolder } from '../../support/cleanup.ts'
import { ask, openPaths, openTestCore } from '../../support/core.ts'
import { needsShared } from '../../support/needs-shared.ts'
import { shared } from '../../support/shared.ts'

const SLICE = shared('dicom/series-t1/N2D_0240.dcm')
const SERIES_UID = '1.2.826.0.1.3680043.2.1143.515404396022363061013111326823367652'

needsShared(SLICE)
it.skipIf(SLICE === null)(
  'a head series is one case from its files to its signature',
  async () => {
    const { core } = await openTestCore(temporaryFolder())
    const outcomes = await openPaths(core, dirname(SLICE as string))
    expect(outcomes.filter(({ status }) => status === 'analysed')).toHaveLength(32)
    await core.series.settle()

    const { rows, all } = await ask(core, 'cases.list', { query: { ...anyCase, uid: SERIES_UID } })
    expect(all).toBe(1)
    const [row] = rows
    const id = row?.id as string
    expect(row).toMatchObject({ fileName: 'Series 401', patientName: 'Jane_Doe', state: 'analysed' })

    const series = await ask(core, 'cases.series', { id })
    if (!series) expect.unreachable('it is a series')
    expect(series).toMatchObject({ id, plane: 'axial', slices: { length: 32 } })
    // By their files, every twelfth of a stack of slices 0.667 mm apart.
    expect(series.slices.map(({ instanceNumber }) => instanceNumber)).toEqual(
      Array.from({ length: 32 }, (_, i) => 12 * (i + 1)),
    )
    expect(series.slices[31]?.mm).toBeCloseTo(31 * 12 * (2 / 3), 1)
    const scopes = series.slices.map(({ scope }) => scope)
    // Below the brain the pictures are unlike what the model learned from, and at the top there is little head in them.
    const unknown = scopes.slice(0, 10)
    expect(unknown.filter((scope) => scope !== 'unlike' && scope !== 'outside')).toEqual([])
    expect(unknown).toContain('outside')
    expect(scopes.slice(26, 31)).toEqual(Array(5).fill('edge'))
    expect(scopes.slice(17, 26)).toEqual(Array(9).fill('counted'))
    expect(series.counted).toBe(scopes.filter((scope) => scope === 'counted').length)

    // The model knows less than half of what is no edge: it does not judge the series, and what it gives for its middle stays.
    expect(2 * series.counted).toBeLessThan(scopes.filter((scope) => scope !== 'edge').length)
    expect(series).toMatchObject({ deciding: null, key: 15, rule: 'neighbours-2' })
    const { result } = await ask(core, 'cases.get', { id })
    expect(result).toMatchObject({ label: null, gate: { verdict: 'outside', reasons: ['few'] } })
    const key = series.slices[series.key]
    expect(result?.confidences).toEqual(key?.confidences)
    // The series shows its key slice.
    expect((await core.images.pixels(id)).data).toEqual((await core.images.pixels(key?.caseId ?? '')).data)

    expect(await ask(core, 'cases.rerun', { id })).toMatchObject({ same: true, before: result?.confidences })
    await expect(ask(core, 'cases.rerun-active', { id })).rejects.toThrow('case-model-active')

    await ask(core, 'cases.review', { id, verdict: 'own', label: 'notumor', comment: '' })
    const reviewed = await ask(core, 'cases.get', { id })
    await ask(core, 'cases.sign', { id, verdict: reviewed.verdicts[0]?.id ?? 0 })
    expect(await ask(core, 'cases.get', { id })).toMatchObject({ state: 'signed' })

    // The same folder again is known, slice by slice.
    const again = await Promise.all(series.slices.map(({ caseId }) => ask(core, 'cases.get', { id: caseId })))
    for (const { scan, id: slice } of again) {
      expect((await core.store.seenCases(scan?.sha256 ?? '')).map(({ caseId }) => caseId)).toContain(slice)
    }
    expect(await verifyAudit(core, { files: true, heads: [] })).toMatchObject({ broken: null })
  },
  60_000,
)
