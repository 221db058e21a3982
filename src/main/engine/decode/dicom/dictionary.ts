/**
 * Value representations of the elements that Gyrus reads, for files that do not state them (implicit VR). What is not in
 * here is passed over by its length, so that no dictionary of all 5,000 attributes is needed.
 */
export const DICTIONARY: Readonly<Record<number, string>> = {
  ...vr('UI', 0x00080016, 0x00080018, 0x0020000d, 0x0020000e, 0x00200052, 0x00280301),
  ...vr('CS', 0x00080005, 0x00080060, 0x00100040, 0x00280004, 0x00281056),
  ...vr('DA', 0x00080020, 0x00100030),
  ...vr('TM', 0x00080030),
  ...vr('SH', 0x00080050, 0x00180024, 0x00200010),
  ...vr('LO', 0x00080070, 0x00081030, 0x0008103e, 0x00081090, 0x00100020, 0x00100021, 0x00180010, 0x00281055),
  ...vr('PN', 0x00080090, 0x00100010),
  ...vr(
    'DS',
    0x00180087,
    0x00200032,
    0x00200037,
    0x00280030,
    0x00181164,
    0x00281050,
    0x00281051,
    0x00281052,
    0x00281053,
  ),
  ...vr('IS', 0x00200011, 0x00200013, 0x00280008, 0x00280034),
  ...vr('US', 0x00280002, 0x00280006, 0x00280010, 0x00280011, 0x00280100, 0x00280101, 0x00280102, 0x00280103),
  // Unsigned or signed as the pixels are: see `DataSet.integers`.
  ...vr('US', 0x00280120, 0x00280121, 0x00281101, 0x00281102, 0x00281103, 0x00283002),
  ...vr('OW', 0x00281201, 0x00281202, 0x00281203, 0x00281221, 0x00281222, 0x00281223, 0x00283006, 0x7fe00010),
  ...vr('OF', 0x7fe00008),
  ...vr('OD', 0x7fe00009),
  ...vr('FD', 0x00189341),
  ...vr('SQ', 0x00283000, 0x00283010, 0x52009229, 0x52009230),
  ...vr('SQ', 0x00280145, 0x00289110, 0x00289132, 0x00289145, 0x00209111, 0x00209113, 0x00209116, 0x00180012),
}

function vr(name: string, ...tags: number[]): Record<number, string> {
  return Object.fromEntries(tags.map((tag) => [tag, name]))
}

/** Value representations with a length of 32 bits after two bytes of nothing (PS3.5, section 7.1.2). */
export const LONG_VRS = new Set(['OB', 'OD', 'OF', 'OL', 'OV', 'OW', 'SQ', 'SV', 'UC', 'UN', 'UR', 'UT', 'UV'])

/** Tags by their keywords (PS3.6), as far as Gyrus reads them. */
export const TAG = {
  TransferSyntaxUID: 0x00020010,
  SpecificCharacterSet: 0x00080005,
  SOPClassUID: 0x00080016,
  SOPInstanceUID: 0x00080018,
  StudyDate: 0x00080020,
  StudyTime: 0x00080030,
  AccessionNumber: 0x00080050,
  Modality: 0x00080060,
  Manufacturer: 0x00080070,
  ReferringPhysicianName: 0x00080090,
  StudyDescription: 0x00081030,
  SeriesDescription: 0x0008103e,
  ManufacturerModelName: 0x00081090,
  PatientName: 0x00100010,
  PatientID: 0x00100020,
  IssuerOfPatientID: 0x00100021,
  PatientBirthDate: 0x00100030,
  PatientSex: 0x00100040,
  ContrastBolusAgent: 0x00180010,
  SequenceName: 0x00180024,
  EchoTime: 0x00180081,
  InversionTime: 0x00180082,
  MagneticFieldStrength: 0x00180087,
  ImagerPixelSpacing: 0x00181164,
  StudyInstanceUID: 0x0020000d,
  SeriesInstanceUID: 0x0020000e,
  StudyID: 0x00200010,
  SeriesNumber: 0x00200011,
  InstanceNumber: 0x00200013,
  ImagePosition: 0x00200032,
  ImageOrientation: 0x00200037,
  FrameOfReferenceUID: 0x00200052,
  PlanePositionSequence: 0x00209113,
  PlaneOrientationSequence: 0x00209116,
  SamplesPerPixel: 0x00280002,
  PhotometricInterpretation: 0x00280004,
  PlanarConfiguration: 0x00280006,
  NumberOfFrames: 0x00280008,
  Rows: 0x00280010,
  Columns: 0x00280011,
  PixelSpacing: 0x00280030,
  PixelAspectRatio: 0x00280034,
  BitsAllocated: 0x00280100,
  BitsStored: 0x00280101,
  HighBit: 0x00280102,
  PixelRepresentation: 0x00280103,
  PixelPaddingValue: 0x00280120,
  PixelPaddingRangeLimit: 0x00280121,
  WindowCenter: 0x00281050,
  WindowWidth: 0x00281051,
  RescaleIntercept: 0x00281052,
  RescaleSlope: 0x00281053,
  VOILUTFunction: 0x00281056,
  RedPaletteDescriptor: 0x00281101,
  GreenPaletteDescriptor: 0x00281102,
  BluePaletteDescriptor: 0x00281103,
  RedPaletteData: 0x00281201,
  GreenPaletteData: 0x00281202,
  BluePaletteData: 0x00281203,
  ModalityLUTSequence: 0x00283000,
  LUTDescriptor: 0x00283002,
  LUTData: 0x00283006,
  VOILUTSequence: 0x00283010,
  PixelMeasuresSequence: 0x00289110,
  FrameVOILUTSequence: 0x00289132,
  PixelValueTransformationSequence: 0x00289145,
  SharedFunctionalGroups: 0x52009229,
  PerFrameFunctionalGroups: 0x52009230,
  FloatPixelData: 0x7fe00008,
  DoublePixelData: 0x7fe00009,
  PixelData: 0x7fe00010,
} as const
export type Keyword = keyof typeof TAG

/** A tag as the standard writes it, e.g. `(0028,0010)`. */
export function tagText(tag: number): string {
  const hex = tag.toString(16).padStart(8, '0')
  return `(${hex.slice(0, 4)},${hex.slice(4)})`
}
