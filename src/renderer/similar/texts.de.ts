import type { Translated } from '../../shared/language.ts'
import { fixed } from '../../shared/language.ts'
import { moment } from '../../shared/moment.ts'
import { agreementInWords } from '../../shared/similar.ts'
import { nearness as names } from '../../shared/words.de.ts'
import { number } from '../format.ts'
import type { similarTexts } from './texts.ts'

export const german: Translated<typeof similarTexts> = {
  title: 'Ähnliche Bilder',
  searching: 'Ähnliche Bilder: Suche läuft…',
  failed: 'Ähnliche Bilder: keine gezeigt',
  none: 'Ähnliche Bilder: keine vorhanden',
  told: (found) => `Ähnliche Bilder: ${agreementInWords(found)}`,
  warning: ({ neighbours, disagreeing }) =>
    `${disagreeing} der ${neighbours.length} nächsten widersprechen der Vorhersage`,
  what: 'Was das Netz für ähnlich hält, das Nächste zuerst, soweit bekannt je von einem anderen Patienten. Seine Merkmale sind die seiner Antwort: Dass Nachbarn übereinstimmen, beweist die Antwort nicht.',
  unknownKind: 'Tumor unbekannter Art',
  disagrees: 'widerspricht',
  distance: ({ distance, nearness }) => (nearness ? `${names[nearness]} (${fixed(distance, 1)})` : fixed(distance, 1)),
  samePatient: 'gleicher Patient',
  training: 'Trainingsbild',
  signed: (at) => (at ? `Signiert ${moment(at)}` : 'Signiert'),
  whyNoPicture: (reasons) => `Kein Bild: ${reasons.join(' ')}`,
  usual: ({ half, most }) =>
    `Die Zahl ist der Abstand der Merkmale des Netzes; sie hat keine Einheit, und 0 ist dasselbe Bild. Von Bildern, mit denen nichts trainiert wurde, hat die Hälfte ihr nächstes innerhalb von ${fixed(half, 1)} („${names.near}“), 95 von 100 innerhalb von ${fixed(most, 1)} („${names.usual}“), die anderen weiter weg („${names.far}“).`,
  from: ({ source, licence }) => (licence ? `${source} (${licence})` : source),
  compared: ({ compared, copies }) =>
    `Verglichen mit ${number(compared.training)} Trainingsbildern und ${number(compared.signed)} signierten Fällen${
      copies === 0 ? '' : `; ${number(copies)} ${copies === 1 ? 'Kopie' : 'Kopien'} dieses Bildes ausgelassen`
    }.`,
  open: (label) => `Signierten Fall öffnen: ${label}`,
}
