import { GyrusError } from '../../shared/errors.ts'
import { chooseDataDir, grantStation, openRecord } from '../compose.ts'
import { dataCommand } from './data-command.ts'
import { whoMay } from './who.ts'

interface Options {
  json?: boolean
  dataDir?: string
}

const HELP = `
The role is one of PostgreSQL, made before: create role station login password '…'. Workstations then have its name and
password in GYRUS_DATABASE. It adds to the audit trail and to what readers said, and can neither change nor empty them.
Give GYRUS_DATABASE with the role that owns the tables, and do so again with each newer Gyrus.`

export const departmentGrantCommand = () =>
  dataCommand('grant', 'Give a role of the department’s database what workstations need, and no more.')
    .argument('<role>', 'with which workstations sign in to the database')
    .addHelpText('after', HELP)
    .action(run)

async function run(role: string, options: Options): Promise<void> {
  const { folder, store, close } = await openRecord(chooseDataDir(options.dataDir))
  try {
    const { department } = folder
    if (!department) throw new GyrusError('department-missing')
    const actor = await whoMay(store, 'administer', 'department grant')
    await grantStation(department, role)
    await store.log({ actor, act: 'department.role-granted', subject: 'department', detail: { role } })
  } finally {
    await close()
  }
  const said = `${role} has what workstations need: GYRUS_DATABASE may name it instead of the owner.`
  console.log(options.json ? JSON.stringify({ role }) : said)
}
