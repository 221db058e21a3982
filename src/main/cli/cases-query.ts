import { type Command, InvalidArgumentError, Option } from 'commander'
import { batchIdSchema } from '../../shared/batches.ts'
import { CASE_STATES, type CaseQuery, caseQuerySchema, SOURCES, VERDICTS } from '../../shared/cases.ts'
import { endOfDay, startOfDay } from '../../shared/days.ts'
import { CALLED } from '../../shared/labels.ts'
import { SECOND_STATES } from '../../shared/reading.ts'
import { type Days, toConfidence, toDays, toHash } from '../../shared/search-terms.ts'

type Lists = 'second' | 'labels' | 'states' | 'verdicts' | 'sources' | 'readers' | 'models'
/** What of it was given. */
export type CaseFilters = Partial<Record<Lists, string[]>> & {
  search?: string
  patient?: string
  hash?: string
  batch?: string
  confidence?: number
  received?: Days
  study?: Days
}

const readHash = reader(toHash, 'It takes 8 characters or more, 0–9 and a–f.')
const readMost = reader(toConfidence, 'It is a number from 0 to 1.')
const readDays = reader(toDays, 'Days are written 2026-11-20, or 2026-11-01..2026-11-20.')
const readBatch = reader((text) => (batchIdSchema.safeParse(text).success ? text : null), 'It is the id of a batch.')

/** Adds what the work list filters by, under the same names. */
export function withCaseQuery(command: Command): Command {
  const option = (flags: string, text: string) => command.addOption(new Option(flags, text))
  const oneOf = (flags: string, text: string, values: readonly string[]) =>
    command.addOption(new Option(flags, text).choices(values))
  const read = (flags: string, text: string, parse: (text: string) => unknown) =>
    command.addOption(new Option(flags, text).argParser(parse))
  option('--search <words>', 'beginnings of words of any text of a case, or its code')
  option('--patient <words>', 'beginnings of words of the patient’s name or ID')
  read('--hash <sha256>', 'the file’s SHA-256, or its first 8 characters or more', readHash)
  read('--batch <id>', 'a batch that it is of (see “gyrus batches list”)', readBatch)
  oneOf('--labels <label...>', 'what the model says, or that it does not judge', CALLED)
  oneOf('--states <state...>', 'where the case stands', CASE_STATES)
  oneOf('--verdicts <verdict...>', 'what the reader says', [...VERDICTS, 'none'])
  oneOf('--sources <source...>', 'where it came from', SOURCES)
  oneOf('--second <state...>', 'where the second reading stands: open for it, disputed to adjudicate', SECOND_STATES)
  option('--readers <name...>', 'who read it')
  option('--models <id...>', 'whose answer stands')
  read('--confidence <most>', 'answers of at most this confidence, 0.9 or 90%', readMost)
  read('--received <days>', 'a day, 2026-11-20, or days, 2026-11-01..2026-11-20', readDays)
  read('--study <days>', 'the same for the study’s date', readDays)
  return command
}

export function toCaseQuery({
  search,
  patient,
  hash,
  batch,
  confidence,
  received,
  study,
  ...lists
}: CaseFilters): CaseQuery {
  return caseQuerySchema.parse({
    ...lists,
    ...{ search, patient, sha256: hash, batch, confidenceUpTo: confidence },
    from: received?.from && startOfDay(received.from),
    until: received?.until && endOfDay(received.until),
    ...{ studiedFrom: study?.from, studiedUntil: study?.until },
  })
}

/** What commander does with a value that tells nothing. */
function reader<T>(read: (text: string) => T | null, problem: string): (text: string) => T {
  return (text) => {
    const value = read(text)
    if (value === null) throw new InvalidArgumentError(problem)
    return value
  }
}
