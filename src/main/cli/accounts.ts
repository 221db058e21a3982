import { Argument, Command, InvalidArgumentError, Option } from 'commander'
import { type Account, type AccountToken, tokenDaysSchema } from '../../shared/account-schemas.ts'
import { DEFAULT_TOKEN_DAYS, ROLES, type Role } from '../../shared/accounts.ts'
import { chooseDataDir, openRecord } from '../compose.ts'
import { Administration } from '../core/accounts/administration.ts'
import { changeOwnPassword } from '../core/accounts/change-password.ts'
import { steadyNow } from '../core/accounts/clock.ts'
import { ask, askSecret } from '../terminal.ts'
import { dataCommand } from './data-command.ts'
import { whoMay } from './who.ts'

interface Options {
  json?: boolean
  dataDir?: string
}

const role = () => new Option('--role <role>', 'what they may do').choices(ROLES)

export const accountsCommand = () =>
  new Command('accounts')
    .description('Who may work with this record. It asks for an administrator’s name and password, or takes a token.')
    .addCommand(dataCommand('list', 'List all accounts.').action(list))
    .addCommand(
      dataCommand('add', 'Make an account, and print its one-time password.')
        .argument('<name>', 'under which all that they do is logged; it can never be changed or given again')
        .requiredOption('--full-name <text>', 'who that is')
        .addOption(role().makeOptionMandatory())
        .action(add),
    )
    .addCommand(
      dataCommand('role', 'Change what an account may do.')
        .argument('<name>')
        .addArgument(new Argument('<role>').choices(ROLES))
        .action((name: string, to: Role, options: Options) =>
          change(options, 'role', (administration, by) => administration.setRole(name, to, by)),
        ),
    )
    .addCommand(
      named('deactivate', 'Let nobody sign in with an account any more.', (all, name, by) =>
        all.setActive(name, false, by),
      ),
    )
    .addCommand(named('activate', 'Let them sign in again.', (all, name, by) => all.setActive(name, true, by)))
    .addCommand(dataCommand('reset-password', 'Print a new one-time password.').argument('<name>').action(reset))
    .addCommand(dataCommand('password', 'Change your own password, on a terminal.').action(changeOwn))
    .addCommand(
      dataCommand('token', 'Print a token with which a program acts for an account. It is shown this once.')
        .argument('<name>')
        .requiredOption('--for <what>', 'what it is for')
        .addOption(new Option('--days <n>', 'how long it is good').argParser(toDays).default(DEFAULT_TOKEN_DAYS))
        .action(token),
    )
    .addCommand(dataCommand('tokens', 'List all tokens, without what only their holders know.').action(tokens))
    .addCommand(
      dataCommand('revoke', 'Make a token good for nothing.')
        .argument('<id>', 'as “tokens” lists it')
        .action((id: string, options: Options) => change(options, 'revoke', (all, by) => all.revokeToken(id, by))),
    )

const named = (
  command: string,
  description: string,
  work: (administration: Administration, name: string, by: string) => Promise<void>,
) =>
  dataCommand(command, description)
    .argument('<name>')
    .action((name: string, options: Options) => change(options, command, (all, by) => work(all, name, by)))

async function list(options: Options): Promise<void> {
  const accounts = await asAdministrator(options, 'list', (administration) => administration.list())
  print(options, accounts, () => accounts.map(formatAccount))
}

async function add(name: string, options: Options & { fullName: string; role: Role }): Promise<void> {
  const { fullName, role } = options
  const password = await asAdministrator(options, 'add', (all, by) => all.add({ name, fullName, role }, by))
  print(options, { name, password }, () => [`One-time password of ${name}: ${password}`])
}

async function reset(name: string, options: Options): Promise<void> {
  const password = await asAdministrator(options, 'reset-password', (all, by) => all.resetPassword(name, by))
  print(options, { name, password }, () => [`One-time password of ${name}: ${password}`])
}

async function token(name: string, options: Options & { for: string; days: number }): Promise<void> {
  const asked = { name, purpose: options.for, days: options.days }
  const made = await asAdministrator(options, 'token', (administration, by) => administration.addToken(asked, by))
  print(options, made, () => [made.token])
}

async function tokens(options: Options): Promise<void> {
  const found = await asAdministrator(options, 'tokens', (administration) => administration.tokens())
  print(options, found, () => found.map(formatToken))
}

async function change(
  options: Options,
  command: string,
  work: Parameters<typeof asAdministrator<void>>[2],
): Promise<void> {
  await asAdministrator(options, command, work)
  print(options, {}, () => ['Done.'])
}

async function changeOwn({ dataDir }: Options): Promise<void> {
  const { store, close } = await openRecord(chooseDataDir(dataDir))
  try {
    const name = await ask('Name: ')
    const [password, newPassword] = [await askSecret('Password: '), await askSecret('New password: ')]
    if ((await askSecret('New password again: ')) !== newPassword) throw new InvalidArgumentError('They differ.')
    await changeOwnPassword(store, { name, password, newPassword, shell: 'command-line', now: steadyNow() })
    console.log('Changed.')
  } finally {
    await close()
  }
}

async function asAdministrator<T>(
  { dataDir }: Options,
  command: string,
  work: (administration: Administration, by: string) => Promise<T>,
): Promise<T> {
  const { store, close } = await openRecord(chooseDataDir(dataDir))
  try {
    const by = await whoMay(store, 'administer', `accounts ${command}`)
    return await work(new Administration({ store }), by)
  } finally {
    await close()
  }
}

function formatAccount({ name, fullName, role, active, mustChange, signedInAt }: Account): string {
  const standing = active ? (mustChange ? 'one-time password' : 'active') : 'deactivated'
  return [
    name.padEnd(20),
    role.padEnd(13),
    standing.padEnd(17),
    signedInAt ?? 'never signed in'.padEnd(24),
    fullName,
  ].join('  ')
}

function formatToken({ id, account, purpose, expiresAt, revokedAt }: AccountToken): string {
  const standing = revokedAt === null ? `until ${expiresAt.slice(0, 10)}` : `revoked ${revokedAt.slice(0, 10)}`
  return [id, account.padEnd(20), standing.padEnd(18), purpose].join('  ')
}

function toDays(text: string): number {
  const days = tokenDaysSchema.safeParse(Number(text))
  if (!days.success) throw new InvalidArgumentError('It is a number of days from 1 to 366.')
  return days.data
}

function print({ json }: Options, found: unknown, lines: () => string[]): void {
  const text = json ? JSON.stringify(found) : lines().join('\n')
  if (text !== '') console.log(text)
}
