import type { Translated } from '../../shared/language.ts'
import { number, plural } from '../format.ts'
import type { pacsTexts } from './texts.ts'

const bilder = (n: number) => plural(n, 'Bild', 'Bilder')

export const german: Translated<typeof pacsTexts> = {
  title: 'Im PACS suchen',
  fields: {
    pacs: 'PACS',
    patientName: 'Patientenname',
    patientId: 'Patienten-ID',
    accessionNumber: 'Accession-Nr.',
    studyDateFrom: 'Studiendatum ab',
    studyDateTo: 'bis',
    modality: 'Modalität',
    description: 'Beschreibung',
  },
  hint: 'Ein Name wird von seinem Anfang an gesucht, Familienname zuerst. * steht für Beliebiges, ? für ein Zeichen.',
  search: 'Suchen',
  searching: 'Das PACS sucht…',
  noPacs: 'Es ist kein PACS eingerichtet.',
  noPacsText: 'Die Administration richtet Verbindungen unter Verwaltung › Quellen ein.',
  noFields: 'Sagen Sie, was gesucht wird: ein Name, eine ID, eine Accession-Nummer oder ein Datum.',
  before: 'Sagen Sie, wen oder was Sie suchen; hier stehen dann die Studien, die das PACS hat.',
  none: 'Das PACS hat keine solche Studie.',
  noneText: 'Versuchen Sie einen kürzeren Namen, weniger Felder oder eine andere Modalität.',
  found: (n, more) =>
    more
      ? `Die ersten ${plural(n, 'Studie', 'Studien')}; es gibt mehr: Grenzen Sie die Suche ein`
      : plural(n, 'Studie', 'Studien'),
  studies: 'Studien',
  columns: {
    patient: 'Patient',
    id: 'ID',
    born: 'Geboren',
    date: 'Studiendatum',
    description: 'Beschreibung',
    modalities: 'Mod.',
    accession: 'Accession-Nr.',
    images: 'Bilder',
  },
  open: (patient, date) => `Serien von ${patient || 'diesem Patienten'}, ${date || 'ohne Datum'}`,
  series: 'Serien',
  seriesOf: (patient, date) => [patient || 'Ohne Namen', date].filter(Boolean).join(', '),
  loadingSeries: 'Serien werden erfragt…',
  noSeries: 'Das PACS nennt dazu keine Serien.',
  choose: 'Wählen Sie eine Studie, um ihre Serien zu sehen.',
  images: bilder,
  number: (n) => (n === null ? 'Serie' : `Serie ${n}`),
  retrieve: 'Abrufen',
  retrieveSeries: (what) => `${what} abrufen`,
  retrieveStudy: 'Studie abrufen',
  asked: 'Unterwegs; Bilder kommen in die Arbeitsliste, wie sie eintreffen.',
  retrievals: 'Abrufe',
  states: {
    waiting: 'Wartet',
    running: 'Läuft',
    done: 'Abgerufen',
    failed: 'Fehlgeschlagen',
    cancelled: 'Abgebrochen',
  },
  counts: ({ received, known, passed, failed, total }) =>
    [
      total === null
        ? plural(received, 'neues Bild', 'neue Bilder')
        : `${number(received)} neue von ${bilder(total)}${total === 1 ? '' : 'n'}`,
      ...(known ? [`${number(known)} schon im Bestand`] : []),
      ...(passed ? [`${number(passed)} übergangen`] : []),
      ...(failed ? [`${number(failed)} fehlgeschlagen`] : []),
    ].join(', '),
  what: ({ study, series, seriesUid, pacsName }) =>
    [
      study?.patientName || 'Studie',
      study?.studyDate,
      seriesUid === null
        ? 'ganze Studie'
        : [series?.number == null ? 'eine Serie' : `Serie ${series.number}`, series?.description]
            .filter(Boolean)
            .join(' '),
      `aus ${pacsName}`,
    ]
      .filter(Boolean)
      .join(' · '),
  cancel: 'Abbrechen',
  cancelOf: (what) => `Abbrechen: ${what}`,
}
