/** By what files tell patients apart; '' or null where they do not say. */
export interface PatientNames {
  patientId: string | null
  patientName: string | null
  /** Who gave out the ID: two hospitals may give out the same. */
  patientIdIssuer: string
}

/**
 * Whether two files are of one patient, by all that both of them say: the same ID, which both must name, of the same issuer, and no
 * other name. Names are compared by their words, without case and accents, and one may have fewer of them.
 */
export function isSamePatient(one: PatientNames, other: PatientNames): boolean {
  if (!one.patientId || one.patientId !== other.patientId) return false
  if (one.patientIdIssuer && other.patientIdIssuer && one.patientIdIssuer !== other.patientIdIssuer) return false
  const [short, long] = [wordsOf(one), wordsOf(other)].sort((a, b) => a.size - b.size)
  return short === undefined || long === undefined || [...short].every((word) => long.has(word))
}

const wordsOf = ({ patientName }: PatientNames): Set<string> =>
  new Set(
    (patientName ?? '')
      .normalize('NFKD')
      .replace(/\p{M}+/gu, '')
      .toLowerCase()
      .match(/[\p{L}\p{N}]+/gu),
  )
