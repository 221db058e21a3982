import type { CaseQuery, SortColumn } from '../../shared/cases.ts'

type Lists = { [K in keyof CaseQuery]: CaseQuery[K] extends unknown[] ? K : never }[keyof CaseQuery]

const none = (): CaseQuery => ({
  search: '',
  states: [],
  labels: [],
  sources: [],
  verdicts: [],
  readers: [],
  second: [],
  models: [],
  patient: '',
  patientName: '',
  patientId: '',
  sha256: '',
  accession: '',
  uid: '',
  batch: null,
  from: null,
  until: null,
  confidenceUpTo: null,
  studiedFrom: null,
  studiedUntil: null,
  sort: { column: 'receivedAt', direction: 'desc' },
})

/** Columns whose first click sorts downwards, because that end is the interesting one. */
const DOWN_FIRST = new Set<SortColumn>(['receivedAt', 'studyDate', 'confidence', 'urgency'])

/** Which cases the reader wants to see, in which order. The review walks through the same list. */
class Query {
  value = $state.raw<CaseQuery>(none())

  readonly filtered = $derived.by(() => {
    const { sort: _, ...filters } = this.value
    return Object.values(filters).some(
      (value) => value !== null && value !== '' && !(Array.isArray(value) && value.length === 0),
    )
  })

  set(change: Partial<CaseQuery>): void {
    this.value = { ...this.value, ...change }
  }

  list(key: Lists): string[] {
    return this.value[key]
  }

  setList(key: Lists, values: string[]): void {
    this.set({ [key]: values })
  }

  sortBy(column: SortColumn): void {
    const { sort } = this.value
    const first = DOWN_FIRST.has(column) ? 'desc' : 'asc'
    const other = first === 'asc' ? 'desc' : 'asc'
    this.set({ sort: { column, direction: sort.column === column && sort.direction === first ? other : first } })
  }

  /** What an address tells; what it never tells stays. */
  setAll(told: Partial<CaseQuery>): void {
    const { search, patient, accession, uid } = this.value
    this.value = { ...none(), ...told, search, patient, accession, uid }
  }

  /** Filters and search only; the order stays. */
  clear(): void {
    this.value = { ...none(), sort: this.value.sort }
  }
}

export const query = new Query()
