import type { Translated } from '../../shared/language.ts'
import type { adminTexts } from './texts.ts'

export const german: Translated<typeof adminTexts> = {
  nav: 'Verwaltung',
  title: 'Verwaltung',
  sections: 'Teile der Verwaltung',
  titles: {
    'data-sets': 'Datensätze',
    training: 'Training',
    models: 'Modelle',
    monitoring: 'Überwachung',
    compute: 'Rechenleistung',
    sources: 'Quellen',
    care: 'Datenpflege',
    accounts: 'Konten',
    settings: 'Einstellungen',
  },
  readOnly: 'Nur lesen',
  readOnlyHint: 'Sie können hier alles ansehen und nichts ändern.',
}
