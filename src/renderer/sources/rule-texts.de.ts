import type { Translated } from '../../shared/language.ts'
import type { PASSED_WORDS, ruleTexts } from './rule-texts.ts'

export const passedWords: Translated<typeof PASSED_WORDS> = {
  names: {
    modality: 'andere Modalität',
    'body-part': 'andere Körperregion',
    description: 'nach Beschreibung',
    picture: 'kein DICOM',
    'no-image': 'ohne Bild',
  },
  told: (list) => `übergangen: ${list}`,
}

export const german: Translated<typeof ruleTexts> = {
  change: 'Ändern, was genommen wird…',
  text: 'Was die Regel nicht nimmt, ergibt keinen Fall. Listen werden mit Kommas getrennt.',
  refused:
    'Der Absender erfährt das bei jedem Bild (Status 0124, „not authorised“, und warum): Niemand soll für aufbewahrt halten, was nicht hier ist. Einem Absender, der bei der ersten Ablehnung aufhört, sagt man besser, nur MR zu senden.',
  fields: {
    modalities: { name: 'Modalitäten', empty: 'alle' },
    bodyParts: { name: 'Körperregionen', empty: 'beliebig' },
    describedBy: { name: 'Beschreibung enthält eines von', empty: 'Beliebiges' },
    notDescribedBy: { name: 'Beschreibung enthält keines von', empty: 'lässt nichts aus' },
  },
  withoutModality: 'und Dateien, die keine nennen',
  withoutBodyPart: 'und Dateien, die keine nennen',
  modalityHint:
    'Die Modelle wurden für MR gemacht. Bildschirmkopien (SC) und andere Objekte (OT) sind oft Dosisblätter oder Ergebnisse anderer Programme.',
  bodyHint:
    'Wie das Gerät sie schrieb, etwa HEAD oder BRAIN. Oft fehlt sie, und manchmal ist sie falsch: Lassen Sie das Feld leer, sofern nicht auch andere Körperregionen kommen.',
  describedHint:
    'Der Studie und der Serie; Großschreibung und Akzente zählen nicht. Zum Beispiel „T1“, und keines von „localizer, scout, spectroscopy“.',
  pictures: 'Auch Bilddateien nehmen (PNG, JPEG, TIFF, WebP), von denen nichts hiervon bekannt ist',
  does: 'Was genommen wird, wird',
  whats: {
    classify: 'sofort klassifiziert',
    list: 'nur gelistet: Ein Befunder lässt es klassifizieren, wenn er es will',
  },
  save: 'Regel speichern',
  saved: 'Die Regel gilt.',
}
