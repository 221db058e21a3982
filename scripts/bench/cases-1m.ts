import { defineBench } from './support/contract.ts'
import { measureCases } from './support/work-list.ts'

export const bench = defineBench({
  name: 'cases-1m',
  area: 'record',
  title: 'The work list of 1,000,000 cases',
  question: 'How long do a page of the work list, and the place of a case in it, take in a record of 1,000,000 cases?',
  sizes: { cases: { what: 'cases of the record', usual: 1_000_000, small: 2_000 } },
  minutes: 8,
  run: ({ cases }) => measureCases(cases),
})
