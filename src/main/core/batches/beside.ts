import type { Batch } from '../../../shared/batches.ts'

/**
 * A batch as it stands for who only reads the record. Where no Gyrus is at work on the data folder nothing runs, whatever
 * the record says of it still: that Gyrus was killed, and the next one puts on record that the batch was interrupted.
 */
export const besideGyrus = (batch: Batch, atWork: boolean): Batch =>
  batch.state === 'running' && !atWork ? { ...batch, state: 'interrupted', failure: null } : batch
