import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Command, type Option } from 'commander'
import { wordsOf } from './code.ts'
import { ROOT } from './markdown.ts'

const CLI = join(ROOT, 'src/main/cli')
/** How pages call it: by itself, in a loop, with a variable before it. */
const CALL = /^(?:for .*; do |[A-Z_]+=\S+ )?(?:npm run -s gyrus --|gyrus)(?= |$)(.*)$/

/** The commands of `gyrus` as its entry puts them together, which runs when it is imported: so they are put together here anew. */
export async function gyrusProgram(): Promise<Command> {
  const entry = readFileSync(join(CLI, 'main.ts'), 'utf8')
  const files = new Map(
    [...entry.matchAll(/import \{ ([^}]+) \} from '(\.\/[^']+)'/g)].flatMap(([, names = '', file = '']) =>
      names.split(', ').map((name) => [name, file] as const),
    ),
  )
  const program = new Command('gyrus').option('--version')
  for (const [, flags = ''] of entry.matchAll(/\.option\('([^']+)'/g)) program.option(flags)
  for (const [, name = ''] of entry.matchAll(/\.addCommand\((\w+)\(\)\)/g)) {
    const module: Record<string, () => Command> = await import(join(CLI, files.get(name) ?? name))
    const make = module[name]
    if (!make) throw new Error(`main.ts adds ${name}, which is not there`)
    program.addCommand(make())
  }
  return program
}

/** What is after `gyrus` in a piece of code; null where it is not called there. */
export const callIn = (code: string): string | null => CALL.exec(code)?.[1] ?? null

/** What a placeholder of a page stands for can be anything: `…`, `<id>`, `NAME[@VERSION]`, `$SET`. */
const isPlaceholder = (word: string) => /[…<$]|^[A-Z][A-Z0-9-]*\b/.test(word)

/**
 * What is wrong with a command line, read as commander would, but run by nobody; null where all of it exists. Alternatives
 * (`list | add`, `yes|no`) count each.
 */
export function faultOf(program: Command, line: string): string | null {
  const words = wordsOf(line.replace(/(^|\s)\[+|\]+(?=\s|$)/g, ' '))
  const depth = depthOf(program, words)
  const command = words.slice(0, depth).reduce((at, name) => subcommand(at, name) ?? at, program)
  const rest = words.slice(depth)
  // `gyrus …`: any command.
  if (command === program && isPlaceholder(rest[0] ?? '')) return null
  if (rest.length === 0 && depth > 1) {
    const other = alternativesIn(line).find((name) => !subcommand(command.parent ?? program, name))
    if (other !== undefined) return `${nameOf(command.parent ?? program)} has no ${other}`
  }
  const { operands, fault } = readOptions(command, rest)
  return fault ?? operandFault(command, operands)
}

const subcommand = (command: Command, name: string): Command | undefined =>
  command.commands.find((one) => one.name() === name || one.aliases().includes(name))

/** How many of the first words are names of commands, each one of the one before. */
function depthOf(program: Command, words: string[]): number {
  let command: Command | undefined = program
  let depth = -1
  while (command) {
    depth += 1
    command = subcommand(command, words[depth] ?? '')
  }
  return depth
}

function readOptions(command: Command, words: string[]): { operands: string[]; fault: string | null } {
  const operands: string[] = []
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at] as string
    if (!word.startsWith('-') || word === '-') {
      operands.push(word)
      continue
    }
    const [flag = '', joined] = word.split('=')
    if (flag === '--help' || flag === '-h') continue
    const option = optionOf(command, flag)
    if (!option) return { operands, fault: `${nameOf(command)} has no option ${flag}` }
    const value = joined ?? words[at + 1]
    const fault = valueFault(option, value)
    if (fault !== null) return { operands, fault }
    if (joined === undefined && takesNext(option, value)) at += 1
  }
  return { operands, fault: null }
}

function operandFault(command: Command, operands: string[]): string | null {
  const { registeredArguments } = command
  if (registeredArguments.some(({ variadic }) => variadic)) return null
  const more = operands.slice(registeredArguments.length).find((word) => !isPlaceholder(word))
  return more === undefined ? null : `${nameOf(command)} takes no “${more}”`
}

/** Names beside the last one of `gyrus accounts list | add | role`. */
const alternativesIn = (line: string): string[] =>
  line
    .split(' | ')
    .slice(1)
    .map((part) => part.trim())
    .filter((part) => /^[a-z-]+$/.test(part))

function optionOf(command: Command, flag: string): Option | undefined {
  for (let at: Command | null = command; at; at = at.parent) {
    const found = at.options.find(({ long, short }) => long === flag || short === flag)
    if (found) return found
  }
  return undefined
}

const takesNext = (option: Option, value: string | undefined) =>
  (option.required || option.optional) && value !== undefined && !value.startsWith('-')

function valueFault({ argChoices, required, optional, long }: Option, value: string | undefined): string | null {
  if (!argChoices || !(required || optional) || value === undefined || isPlaceholder(value) || value.startsWith('-'))
    return null
  const wrong = value.split('|').find((one) => !argChoices.includes(one))
  return wrong === undefined ? null : `${long} takes no “${wrong}”`
}

const nameOf = (command: Command): string =>
  command.parent ? `${nameOf(command.parent)} ${command.name()}` : command.name()
