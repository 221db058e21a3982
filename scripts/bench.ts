import { existsSync } from 'node:fs'
import { cpus } from 'node:os'
import { join } from 'node:path'
import { benchReading } from './bench/reading.ts'
import { benchTraining } from './bench/training.ts'
import { benchWhileTraining } from './bench/while-training.ts'

/** Measures in one run, on this machine, and prints ratios; nothing here fails on a slow machine. */
const shared = process.env.GYRUS_SHARED ?? join(import.meta.dirname, '..', '..', 'shared')
const images = join(shared, 'datasets', 'brain-tumor-mri', 'Testing')

console.log(`${new Date().toISOString().slice(0, 10)}, ${cpus().length} × ${cpus()[0]?.model}, Node ${process.version}`)
if (existsSync(images)) for (const line of await benchReading(images)) console.log(line)
else console.log(`Reading: not run, ${images} is not there (GYRUS_SHARED names the data folder)`)
for (const line of await benchTraining()) console.log(line)
if (existsSync(images)) console.log(await benchWhileTraining(join(images, '..')))
