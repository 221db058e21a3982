/** What can go wrong with second readings and adjudication; part of `ERRORS`. */
export const SECOND_ERRORS = {
  'second-marked': {
    message: 'This case is marked for a second reader already.',
    action: 'Nothing is left to do; a mark stays.',
  },
  'second-not-markable': {
    message: 'A case that is {state} cannot be marked for a second reader.',
    action: 'Wait until it was analysed, or try it again where it has failed.',
  },
  'second-not-open': {
    message: 'This case does not wait for a second reading.',
    action: 'Look at where it stands: it is not marked, its first reader has not signed, or it was read twice.',
  },
  'second-same-reader': {
    message: 'You signed this case: the second reader is another person.',
    action: 'Leave it to a colleague.',
  },
  'second-reader-saw': {
    message: 'You had this case on the screen with the verdict of another reader, before it was marked.',
    action: 'Leave it to a colleague who has not seen that verdict.',
  },
  'second-first': {
    message: 'This case waits for its second reader; what the first one says is kept from you until then.',
    action: 'Give the second reading.',
  },
  'second-disputed': {
    message: 'Two readers differ on this case: it is changed by an adjudication only.',
    action: 'Let a third reader decide.',
  },
  'adjudication-not-open': {
    message: 'This case does not wait for an adjudication.',
    action: 'Look at where it stands; where it is signed, it takes an amendment.',
  },
  'adjudicator-involved': {
    message: 'You have read this case: who adjudicates is a third reader.',
    action: 'Leave it to a colleague.',
  },
  'adjudicator-not-named': {
    message: 'The department lets only some readers adjudicate, and you are not among them.',
    action: 'Leave it to one of them; an administrator names them under Admin › Settings.',
  },
} as const
