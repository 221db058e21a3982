import type { Translated } from '../../shared/language.ts'
import { cautions } from '../../shared/words.de.ts'
import { milliseconds, number } from '../format.ts'
import type { reviewTexts } from './page-texts.ts'

export const german: Translated<typeof reviewTexts> = {
  title: 'Befundung',
  back: 'Arbeitsliste',
  backToBatch: 'Stapel',
  neighbours: 'Benachbarte Fälle',
  place: (position, total, more) => `${number(position + 1)} von ${more ? 'mehr als ' : ''}${number(total)}`,
  previous: 'Voriger Fall',
  next: 'Nächster Fall',
  first: 'Das ist der erste Fall der Liste.',
  last: 'Das ist der letzte Fall der Liste.',
  dismissTitle: 'Diesen Fall ausblenden',
  dismissText: 'Er verlässt die Arbeitsliste ohne Befund und bleibt im Bestand: Das Audit-Protokoll findet ihn.',
  image: 'Bild',
  imageOf: (name) => `MRT-Schicht ${name}`,
  opinion: 'Zweite Meinung',
  confidences: 'Konfidenz je Klasse',
  madeFor: cautions.madeFor,
  caution: cautions.notHealthy,
  blindSpot: cautions.blindSpot,
  readIn: (ms) => `ausgewertet in ${milliseconds(ms)}`,
  times: (decode, preprocess, inference) =>
    `Dekodieren ${milliseconds(decode)}, Vorbereiten ${milliseconds(preprocess)}, Modell ${milliseconds(inference)}`,
  model: 'Modell',
  card: 'Modellkarte',
  otherModel: (id) => `Ausgewertet von ${id}; die gezeigte Karte gehört zum jetzigen Modell.`,
  sameScan: (n) =>
    n === 1 ? 'Dieselbe Datei wurde schon einmal geöffnet:' : `Dieselbe Datei wurde noch ${n}-mal geöffnet:`,
  otherBytes: (n) =>
    `${n === 1 ? 'Eine andere Datei gibt sich' : `${n} andere Dateien geben sich`} als genau dieses Bild aus (gleiche SOP Instance UID), aber mit anderen Bytes: Prüfen Sie, welche stimmt.`,
  received: 'Eingegangen',
  waitingTitle: 'Wird ausgewertet',
  waitingText: 'Das Ergebnis erscheint hier von selbst.',
  waitingImage: 'Das Bild erscheint, sobald die Aufnahme ausgewertet ist.',
  failedTitle: 'Diese Aufnahme konnte nicht gelesen werden',
  unknownTitle: 'Dieser Fall kann nicht gezeigt werden',
  noResult: 'Zu diesem Fall gibt es keine zweite Meinung.',
  loadingImage: 'Bild wird geladen',
  unseen:
    'Solange das Bild nicht gezeigt werden kann, ist keine Beurteilung möglich. Was Sie begonnen haben, bleibt erhalten.',
  imageFailedTitle: 'Das Bild konnte nicht gezeigt werden',
}
