/** What can go wrong with sending results; part of `ERRORS`. */
export const SENDING_ERRORS = {
  'pacs-off': {
    message: 'The connection to the PACS “{pacs}” is switched off.',
    action: 'Switch it on in Admin › Sources; what waits is sent then by itself.',
  },
  'sending-unknown': {
    message: 'This is not waiting to be sent any more.',
    action: 'Look at the case again: it was sent meanwhile, or given up.',
  },
} as const
