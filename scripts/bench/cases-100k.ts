import { defineBench } from './support/contract.ts'
import { measureCases } from './support/work-list.ts'

export const bench = defineBench({
  name: 'cases-100k',
  area: 'record',
  title: 'The work list of 100,000 cases',
  question: 'How long do a page of the work list, and the place of a case in it, take in a record of 100,000 cases?',
  sizes: { cases: { what: 'cases of the record', usual: 100_000, small: 2_000 } },
  minutes: 2,
  run: ({ cases }) => measureCases(cases),
})
