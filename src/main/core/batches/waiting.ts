import type { Batch } from '../../../shared/batches.ts'

/** What a department tells of its workstations. */
export interface Stations {
  /** This one. */
  station: string
  /** Those that are open. */
  openStations(): Promise<Set<string>>
}

/**
 * Queued batches as who asks is told of them: one goes on where it was made, and waits for that workstation only while it
 * is not open. Where nobody can tell, none waits.
 */
export async function tellWaiting(batches: Batch[], stations: Stations | null): Promise<Batch[]> {
  const elsewhere = batches.some(({ waitsFor }) => waitsFor !== null && waitsFor !== stations?.station)
  const open = elsewhere ? await stations?.openStations().catch(() => null) : null
  return batches.map((batch) => {
    const { waitsFor } = batch
    const waits = open && waitsFor !== null && waitsFor !== stations?.station && !open.has(waitsFor)
    return waits || waitsFor === null ? batch : { ...batch, waitsFor: null }
  })
}
