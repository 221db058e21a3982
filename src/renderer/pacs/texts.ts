import type { Retrieval } from '../../shared/pacs.ts'
import { number, plural } from '../format.ts'

const states: Record<Retrieval['state'], string> = {
  waiting: 'Waits for its turn',
  running: 'Retrieving',
  done: 'Retrieved',
  failed: 'Failed',
  cancelled: 'Cancelled',
}

const counts = ({ received, known, passed, failed, total }: Retrieval) =>
  [
    total === null ? plural(received, 'new image', 'new images') : `${number(received)} new of ${number(total)} images`,
    ...(known ? [`${number(known)} on record before`] : []),
    ...(passed ? [`${number(passed)} passed over`] : []),
    ...(failed ? [`${number(failed)} failed`] : []),
  ].join(', ')

export const pacsTexts = {
  title: 'Find in the PACS',
  fields: {
    pacs: 'PACS',
    patientName: 'Patient name',
    patientId: 'Patient ID',
    accessionNumber: 'Accession no.',
    studyDateFrom: 'Study date from',
    studyDateTo: 'to',
    modality: 'Modality',
    description: 'Description',
  },
  hint: 'A name is looked for from its beginning, family name first. * stands for anything, ? for one character.',
  search: 'Search',
  searching: 'The PACS is searching…',
  noPacs: 'No PACS is set up.',
  noPacsText: 'An administrator sets up connections in Admin › Sources.',
  noFields: 'Say what to look for: a name, an ID, an accession number or a date.',
  before: 'Say whom or what to look for; the studies that the PACS has are listed here.',
  none: 'The PACS has no such study.',
  noneText: 'Try a shorter name, fewer fields, or another modality.',
  found: (n: number, more: boolean) =>
    more
      ? `The first ${plural(n, 'study', 'studies')}; there are more: narrow the search`
      : plural(n, 'study', 'studies'),
  studies: 'Studies',
  columns: {
    patient: 'Patient',
    id: 'ID',
    born: 'Born',
    date: 'Study date',
    description: 'Description',
    modalities: 'Mod.',
    accession: 'Accession no.',
    images: 'Images',
  },
  open: (patient: string, date: string) => `Series of ${patient || 'this patient'}, ${date || 'no date'}`,
  series: 'Series',
  seriesOf: (patient: string, date: string) => [patient || 'Unnamed', date].filter(Boolean).join(', '),
  loadingSeries: 'Asking for its series…',
  noSeries: 'The PACS lists no series for it.',
  choose: 'Choose a study to see its series.',
  images: (n: number) => plural(n, 'image', 'images'),
  number: (n: number | null) => (n === null ? 'Series' : `Series ${n}`),
  retrieve: 'Retrieve',
  retrieveSeries: (what: string) => `Retrieve ${what}`,
  retrieveStudy: 'Retrieve the study',
  asked: 'It is on its way; images come onto the work list as they arrive.',
  retrievals: 'Retrievals',
  states,
  counts,
  what: ({ study, series, seriesUid, pacsName }: Retrieval) =>
    [
      study?.patientName || 'Study',
      study?.studyDate,
      seriesUid === null
        ? 'whole study'
        : [series?.number == null ? 'one series' : `series ${series.number}`, series?.description]
            .filter(Boolean)
            .join(' '),
      `from ${pacsName}`,
    ]
      .filter(Boolean)
      .join(' · '),
  cancel: 'Cancel',
  cancelOf: (what: string) => `Cancel: ${what}`,
}
