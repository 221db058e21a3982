import { type Command, Option } from 'commander'
import { LANGUAGES, type Language } from '../../shared/language.ts'

/** Of a PDF that the command line writes: English, whatever the reader chose for their screens, unless it is asked for. */
export const languageOption = () =>
  new Option('--language <code>', 'in which language the PDF is written')
    .choices(LANGUAGES)
    .default('en' satisfies Language)

/** What programs and people read as text is English: who asks for another language of it is told so. */
export function refuseLanguage(command: Command, goesWith: string): void {
  if (command.getOptionValueSource('language') === 'cli') command.error(`error: --language goes with ${goesWith} only`)
}
