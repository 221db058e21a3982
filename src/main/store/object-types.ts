import type { ObjectsChange, ObjectsSettings } from '../../shared/objects-contract.ts'

/** A report, a picture, or a selection of key slices. */
export type ObjectKind = 'SR' | 'SC' | 'KO'

/** A DICOM object that was made of a case, with what is needed to make it again. */
export interface KeptObject {
  kind: ObjectKind
  /** SOP instance. */
  uid: string
  /** What its UIDs come from. */
  installation: string
  /** Of Gyrus. */
  version: string
  /** When it was made first. */
  at: string
}

export interface NewObjects {
  caseId: string
  by: string
  at: string
  /** They say that a reader answers for them. */
  signed: boolean
  /** By which way they were given out. */
  to: string
  /** That they are given out is on record elsewhere: only those that are new make an entry. */
  quiet?: boolean
  objects: KeptObject[]
}

export interface ObjectReads {
  /** DICOM objects that were made of a case, oldest first. */
  objectsOf(caseId: string): Promise<KeptObject[]>
  objectsSettings(): Promise<ObjectsSettings>
  /** What the organisation was called then, so that an object of that time can be made again; '' before it was stated. */
  organisationAt(at: string): Promise<string>
}

export interface ObjectStore extends ObjectReads {
  keepObjects(made: NewObjects): Promise<void>
  setObjects(change: ObjectsChange, actor: string): Promise<void>
}
