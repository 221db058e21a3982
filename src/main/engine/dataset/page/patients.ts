import type { Label } from '../../../../shared/labels.ts'
import { patientsOnBothSides } from '../counts.ts'
import type { LabelledImage } from '../types.ts'

/** A patient with images for testing and on another side. */
export interface PatientAcross {
  patient: string
  testing: number
  others: number
  labels: Label[]
}

/** Those with most test images first. */
export function patientsAcross(images: LabelledImage[]): PatientAcross[] {
  const ofPatient = Map.groupBy(images, ({ patient }) => patient)
  return patientsOnBothSides(images)
    .patients.map((patient) => {
      const own = ofPatient.get(patient) ?? []
      const testing = own.filter(({ split }) => split === 'testing').length
      const others = own.filter(({ split }) => split !== 'testing' && split !== null).length
      return { patient, testing, others, labels: [...new Set(own.map(({ label }) => label))] }
    })
    .sort((a, b) => b.testing - a.testing || b.others - a.others)
}
