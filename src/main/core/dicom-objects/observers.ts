import { CODES } from './codes.ts'
import { type ContentItem, codeOf, personOf, textOf, uidOf } from './content.ts'
import { MANUFACTURER } from './modules.ts'
import { oneLine, personName } from './text.ts'
import type { Installation, ReaderVerdict } from './types.ts'
import { derivedUid } from './uid.ts'

/** TID 1004: Gyrus as it is installed here. */
export const deviceObserver = ({ id }: Installation): ContentItem[] => [
  codeOf(CODES.observerType, CODES.device),
  uidOf(CODES.deviceUid, derivedUid(id, 'device')),
  textOf(CODES.deviceName, MANUFACTURER),
  textOf(CODES.deviceManufacturer, MANUFACTURER),
  textOf(CODES.deviceModel, MANUFACTURER),
  textOf(CODES.deviceSerial, id),
]

/** TID 1003: who read it. */
export const personObserver = ({ reader }: ReaderVerdict, { organisation }: Installation): ContentItem[] => [
  codeOf(CODES.observerType, CODES.person),
  personOf(CODES.personName, personName(reader)),
  ...(organisation ? [textOf(CODES.organisation, oneLine(organisation, 64))] : []),
]
