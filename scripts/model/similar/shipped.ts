import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { manifestSchema } from '../../../src/shared/model.ts'

const MODEL = 'efl0-2'
export const DATA = 'brain-tumor-mri/Training and other-sequences'
export const at = (path: string) => fileURLToPath(new URL(`../../../${path}`, import.meta.url))
export const runs = at(`docs/runs/${MODEL}`)
export const dir = at(`resources/models/${MODEL}`)
export const manifest = manifestSchema.parse(JSON.parse(readFileSync(join(dir, 'model.json'), 'utf8')))
