import { moveToDepartment, moveToFile } from '../../../src/main/store/index.ts'

/** Moves a record, and is killed at the first step of a stage. */
const [stage, order] = process.argv.slice(2)
const { way, file, database } = JSON.parse(order as string) as { way: string; file: string; database: string }
const following = {
  onProgress: (at: { stage: string }) => {
    if (at.stage === stage) process.kill(process.pid, 'SIGKILL')
  },
}
if (way === 'there') await moveToDepartment({ file, key: null }, database, { by: 'Dr Admin', following })
else await moveToFile(database, file, { by: 'Dr Admin', following })
