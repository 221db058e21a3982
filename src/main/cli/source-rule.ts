import { type Command, InvalidArgumentError, Option } from 'commander'
import { codeSchema, DEFAULT_RULE, type SourceRule, wordsSchema } from '../../shared/source-rule.ts'

/** What is asked of a rule; what is not there stays as it is. */
export interface RuleChange {
  usual?: boolean
  modality?: string[]
  anyModality?: boolean
  withoutModality?: boolean
  bodyPart?: string[]
  anyBodyPart?: boolean
  withoutBodyPart?: boolean
  describedBy?: string[]
  notDescribedBy?: string[]
  anyDescription?: boolean
  pictures?: boolean
  classify?: boolean
  list?: boolean
}

const toCodes = (text: string, before?: string[]) => [...(before ?? []), checked(codeSchema, text)]
const toWords = (text: string, before?: string[]) => [...(before ?? []), checked(wordsSchema, text)]

export const withRuleOptions = (command: Command): Command =>
  command
    .option('--usual', 'begin with the rule that there is at first')
    .option('--modality <code>', 'take it; once for each, in place of those before', toCodes)
    .addOption(new Option('--any-modality', 'take all').conflicts('modality'))
    .option('--without-modality', 'take files that name none')
    .option('--no-without-modality', 'do not')
    .option('--body-part <code>', 'take it, e.g. HEAD; once for each, in place of those before', toCodes)
    .addOption(new Option('--any-body-part', 'take all').conflicts('bodyPart'))
    .option('--without-body-part', 'take files that name none')
    .option('--no-without-body-part', 'do not')
    .option('--described-by <words>', 'study or series say one of these; once for each', toWords)
    .option('--not-described-by <words>', 'they say none of these; once for each', toWords)
    .addOption(new Option('--any-description', 'whatever they say').conflicts(['describedBy', 'notDescribedBy']))
    .option('--pictures', 'of a folder: take files that are no DICOM, too')
    .option('--no-pictures', 'do not')
    .option('--classify', 'classify at once what is taken')
    .addOption(new Option('--list', 'only list it').conflicts('classify'))

/** The rule that comes of a change. */
export function askedRule(now: SourceRule, change: RuleChange): SourceRule {
  const before = change.usual ? DEFAULT_RULE : now
  const { describedBy, notDescribedBy } = change.anyDescription ? { describedBy: [], notDescribedBy: [] } : change
  return {
    modalities: change.anyModality ? [] : (change.modality ?? before.modalities),
    withoutModality: change.withoutModality ?? before.withoutModality,
    bodyParts: change.anyBodyPart ? [] : (change.bodyPart ?? before.bodyParts),
    withoutBodyPart: change.withoutBodyPart ?? before.withoutBodyPart,
    describedBy: describedBy ?? before.describedBy,
    notDescribedBy: notDescribedBy ?? before.notDescribedBy,
    pictures: change.pictures ?? before.pictures,
    does: change.list ? 'list' : change.classify ? 'classify' : before.does,
  }
}

function checked(schema: typeof codeSchema | typeof wordsSchema, text: string): string {
  const { data, error } = schema.safeParse(text)
  if (error) throw new InvalidArgumentError(error.issues[0]?.message ?? 'It does not fit.')
  return data
}
