import type { Translated } from '../../shared/language.ts'
import { number, plural } from '../format.ts'
import type { welcomeTexts, workListTexts } from './page-texts.ts'

const faelle = (n: number) => plural(n, 'Fall', 'Fälle')

export const workList: Translated<typeof workListTexts> = {
  title: 'Arbeitsliste',
  counts: (all, unread) => `${faelle(all)} · ${number(unread)} ungelesen`,
  found: (total, more) =>
    more ? `mehr als ${number(total)} gefunden; eingrenzen, um alle zu sehen` : `${number(total)} gefunden`,
  search: 'Name, ID, Auftragsnr. suchen …',
  searchHint: 'Findet Namen, IDs, Auftragsnummern, Beschreibungen, Dateien, Klassen, Kommentare und Codes',
  searchLabel: 'Arbeitsliste durchsuchen',
  filters: 'Filter',
  filterCount: (name, n) => (n === 0 ? name : `${name} (${n})`),
  noValues: 'Noch keine Werte',
  from: 'Von',
  until: 'Bis einschließlich',
  span: (first, last) => {
    if (!last) return `ab ${first}`
    if (!first) return `bis ${last}`
    return first === last ? first : `${first} – ${last}`
  },
  anyTime: 'Jederzeit',
  today: 'Heute',
  lastDays: (days) => `Letzte ${days} Tage`,
  clear: 'Filter löschen',
  grid: 'Fälle',
  sortBy: (column) => `Sortieren nach ${column}`,
  loadFailed: 'Die Arbeitsliste konnte nicht geladen werden.',
  none: 'Noch keine Fälle',
  noneText: 'Fälle erscheinen hier, wenn jemand aus Radiologie oder Administration Aufnahmen geöffnet hat.',
  noHits: 'Kein Fall passt',
  noHitsText: (all) =>
    all === 1
      ? 'Der eine Fall passt nicht zu Suche und Filtern.'
      : `Keiner der ${number(all)} Fälle passt zu Suche und Filtern.`,
  retryCase: (name) => `Erneut versuchen: ${name}`,
  removeCase: (name) => `Ausblenden: ${name}`,
  retried: (name) => `${name} wird erneut ausgewertet.`,
  removed: (name) => `${name} steht nicht mehr in der Arbeitsliste. Der Fall bleibt im Bestand.`,
  noUnread: 'In dieser Liste ist kein ungelesener Fall mehr.',
  waiting: 'wird ausgewertet',
  nobodyReads: 'wartet: niemand nimmt Fälle',
  listed: 'Nur gelistet, nicht klassifiziert',
  edited: 'Bearbeitet',
  editedTitle: 'Das Bild eines Experiments: keine Aufnahme eines Patienten',
  listedText:
    'Der Fall kam aus einer Quelle, die Eingänge nur listet. Er wird erst klassifiziert, mit seiner ganzen Serie, wenn ein Befunder es verlangt.',
  classify: 'Klassifizieren',
  classifyCase: (name) => `Klassifizieren: ${name}`,
  classifyTitle: (key) => ['Vom Modell lesen lassen', key].filter(Boolean).join(' · '),
  classified: (name, n) =>
    n === 1 ? `${name} wird klassifiziert.` : `${name}: ${number(n)} Schichten der Serie werden klassifiziert.`,
  notListed: 'Nur ein gelisteter Fall kann zum Klassifizieren geschickt werden; bei diesem ist das schon geschehen.',
  says: (label) => `sagt ${label}`,
  urgent: 'Dringendste zuerst',
  newest: 'Neueste zuerst',
  urgentBy: (rule) =>
    `Dringendste zuerst, nach Punkten: ${rule}. Gelesenes kommt danach; jeder Fall bleibt in der Liste.`,
  urgentBlind:
    'In der Reihenfolge des Wartens: Ihr Ersteindruck kommt zuerst, und eine Ordnung nach dem Modell würde dessen Antworten verraten. Gelesenes kommt danach; jeder Fall bleibt in der Liste.',
  changeUrgency: 'Regel ändern',
  urgencyOf: (points) => `Dringlichkeit ${points}`,
  selectedPoints: (name, points) => `${name}: ${points}`,
}

export const welcome: Translated<typeof welcomeTexts> = {
  title: 'Eine zweite Meinung zur MRT des Gehirns',
  text: 'Öffnen Sie MRT-Schichten, und ein Modell auf diesem Rechner sagt, wie wahrscheinlich Gliom, Meningeom, Hypophysentumor oder kein Tumor ist. Sie sehen es an, stimmen zu oder widersprechen, und jeder Fall bleibt erhalten.',
  onlyHere: 'Nichts verlässt diesen Rechner.',
  samples: 'Beispielaufnahmen öffnen',
  samplesText: (n) =>
    `Die Beispiele sind ${number(n)} veröffentlichte Schichten. Aus den meisten hat das Modell gelernt: Hier ist es besser als bei Ihren Patienten.`,
  drop: 'oder Dateien und Ordner irgendwo in diesem Fenster ablegen',
  formats: (extensions) => `Liest ${extensions}`,
}
