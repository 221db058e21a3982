/** What can go wrong when a PACS is asked; part of `ERRORS`. */
export const PACS_ERRORS = {
  'pacs-unknown': {
    message: 'There is no such connection to a PACS, or it is switched off.',
    action: 'Look at the list of connections in Admin › Sources.',
  },
  'pacs-name-taken': {
    message: 'There already is a connection called “{name}”.',
    action: 'Give this one another name; it stands in the audit trail.',
  },
  'pacs-unreachable': {
    message: 'The PACS “{pacs}” cannot be reached ({reason}).',
    action: 'Check host and port, that the PACS is running, and that no firewall stands between.',
  },
  'pacs-host-unknown': {
    message: 'The PACS “{pacs}” cannot be found: its host name has no address.',
    action: 'Check the host name, or give the IP address.',
  },
  'pacs-timeout': {
    message: 'The PACS “{pacs}” did not answer in time.',
    action: 'Try again. If it stays so, ask who runs the PACS whether it is busy or waits for something.',
  },
  'pacs-ended': {
    message: 'The PACS “{pacs}” ended the connection ({reason}).',
    action: 'Try again. If it stays so, the log of the PACS says why.',
  },
  'pacs-tls': {
    message: 'No secure connection to the PACS “{pacs}” ({reason}).',
    action:
      'Check that the PACS has TLS at this port, and that the certificate set here is the one that signed its own.',
  },
  'pacs-rejected-called': {
    message: 'The PACS “{pacs}” does not know the AE title that it was called by.',
    action: 'Check the called AE title in Admin › Sources against that of the PACS.',
  },
  'pacs-rejected-calling': {
    message: 'The PACS “{pacs}” does not know Gyrus by its AE title.',
    action: 'Have the calling AE title and the address of this machine entered in the PACS.',
  },
  'pacs-rejected': {
    message: 'The PACS “{pacs}” refused the association ({reason}).',
    action: 'Try again later. If it stays so, the log of the PACS says why.',
  },
  'pacs-not-offered': {
    message: 'The PACS “{pacs}” does not offer {service} to Gyrus.',
    action: 'Have it allowed in the PACS, or choose another way in Admin › Sources.',
  },
  'pacs-forbidden': {
    message: 'The PACS “{pacs}” does not let Gyrus in (HTTP {status}).',
    action: 'Check user and password, or the token, in Admin › Sources, and what the PACS allows them to do.',
  },
  'pacs-redirects': {
    message: 'The PACS “{pacs}” sends Gyrus to another address (HTTP {status}), where it does not go.',
    action: 'Give the address that it leads to in Admin › Sources, if that is the PACS; often https in place of http.',
  },
  'pacs-status': {
    message: 'The PACS “{pacs}” could not do it (status {status}{comment}).',
    action: 'Try again. If it stays so, give this status to who runs the PACS.',
  },
  'pacs-out-of-resources': {
    message: 'The PACS “{pacs}” has no resources for it now (status {status}{comment}).',
    action: 'Try again later, or ask for less, e.g. one series.',
  },
  'pacs-destination-unknown': {
    message: 'The PACS “{pacs}” does not know where to send: it has no entry for the AE title {ae}.',
    action: 'Have the listener’s AE title with address and port entered in the PACS, or retrieve by C-GET.',
  },
  'pacs-listener-off': {
    message: 'The PACS “{pacs}” sends to the DICOM listener here (C-MOVE), which is not listening.',
    action: 'Switch the listener on in Admin › Sources, with the PACS as a peer, or retrieve by C-GET.',
  },
  'pacs-partial': {
    message: 'The PACS “{pacs}” could not send {failed} of {total} objects.',
    action: 'What came is on the work list. Retrieve again for the rest; objects that Gyrus cannot read stay away.',
  },
  'pacs-nothing-there': {
    message: 'The PACS “{pacs}” has nothing to send for this.',
    action: 'Search again: it may have been moved or deleted.',
  },
  'pacs-malformed': {
    message: 'What the PACS “{pacs}” sent is not what the standard says ({reason}).',
    action: 'Try again. If it stays so, give this sentence to who runs the PACS.',
  },
  'pacs-too-much': {
    message: 'The PACS “{pacs}” sent more than Gyrus takes ({reason}).',
    action: 'Ask for less, e.g. one series.',
  },
  'pacs-not-kept': {
    message: '{failed} objects of the PACS “{pacs}” could not be kept here.',
    action: 'Check that the disk has room, then retrieve again.',
  },
  'pacs-busy': {
    message: 'There are {waiting} retrievals waiting already.',
    action: 'Wait until some have ended, or cancel them.',
  },
  'pacs-not-stored': {
    message: 'The PACS “{pacs}” did not take the object (status {status}{comment}).',
    action: 'Try again. If it stays so, give this status to who runs the PACS.',
  },
  'pacs-crashed': {
    message: 'The process that speaks to the PACS “{pacs}” stopped unexpectedly ({reason}).',
    action: 'Try again. If it stays so, what this PACS sends cannot be worked with; tell support.',
  },
} as const
