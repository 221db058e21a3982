/** Kinds of DICOM objects that hold no picture to read. */
export const DICOM_OBJECTS = [
  ...(['report', 'key-objects', 'presentation-state', 'document', 'segmentation', 'registration'] as const),
  ...(['radiotherapy', 'waveform', 'spectroscopy', 'definition', 'directory'] as const),
] as const
export type DicomObject = (typeof DICOM_OBJECTS)[number]

const STORAGE = '1.2.840.10008.5.1.4.1.1'

/** By the beginning of their SOP class (PS3.4 B.5, PS3.6 A), the longer ones first. */
const CLASSES: [sopClass: string, object: DicomObject][] = [
  ['1.2.840.10008.1.3.10', 'directory'],
  [`${STORAGE}.104`, 'document'],
  [`${STORAGE}.88.59`, 'key-objects'],
  [`${STORAGE}.88`, 'report'],
  [`${STORAGE}.11`, 'presentation-state'],
  [`${STORAGE}.9`, 'waveform'],
  [`${STORAGE}.66.4`, 'segmentation'],
  [`${STORAGE}.66`, 'registration'],
  [`${STORAGE}.481`, 'radiotherapy'],
  [`${STORAGE}.4.2`, 'spectroscopy'],
  // Hanging protocols, colour palettes, implant templates, work list items.
  ...['34', '38', '39', '43', '44', '45'].map((part): [string, DicomObject] => [
    `1.2.840.10008.5.1.4.${part}`,
    'definition',
  ]),
]

/** Radiotherapy images are images. */
const IMAGES = new Set([`${STORAGE}.481.1`])

/** What objects of a SOP class are; undefined for images, and for what is not known. */
export function objectOfClass(sopClass: string): DicomObject | undefined {
  if (IMAGES.has(sopClass)) return undefined
  return CLASSES.find(([start]) => sopClass === start || sopClass.startsWith(`${start}.`))?.[1]
}
