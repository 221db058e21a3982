import { z } from 'zod'

/** What this machine has, and how busy it is just now. */
export const machineSchema = z.strictObject({
  cpu: z.strictObject({
    name: z.string(),
    cores: z.int(),
    /** Share of all cores that was busy since it was asked for last; null the first time. */
    busy: z.number().min(0).max(1).nullable(),
  }),
  memory: z.strictObject({ total: z.number(), free: z.number() }),
  /** Of the hottest sensor, °C; null where none can be read. */
  celsius: z.number().nullable(),
  /** Null where none was found. */
  gpu: z.string().nullable(),
})
export type Machine = z.infer<typeof machineSchema>
