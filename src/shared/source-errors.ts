/** What can go wrong with sources of scans; part of `ERRORS`. */
export const SOURCE_ERRORS = {
  'listener-port-taken': {
    message: 'The DICOM listener cannot use port {port} at {address}: another program has it.',
    action: 'Close that program, or give the listener another port. It is tried again by itself.',
  },
  'listener-address-unknown': {
    message: 'The DICOM listener cannot listen at {address}: this machine has no such address.',
    action: 'Give it an address of this machine, or 127.0.0.1 for this machine alone.',
  },
  'listener-port-forbidden': {
    message: 'The DICOM listener may not use port {port}: the system keeps it for itself.',
    action: 'Give it a port from 1024 on, such as 11112.',
  },
  'listener-failed': {
    message: 'The DICOM listener does not start ({reason}).',
    action: 'It is tried again by itself. If it stays so, switch it off and on again, or restart Gyrus.',
  },
  'listener-certificate-unfit': {
    message: 'The DICOM listener cannot use TLS: {reason}.',
    action: 'Give it a certificate of this machine and the private key that belongs to it, both in PEM form.',
  },
  'source-unknown': { message: 'There is no such source.', action: 'Look at the list of sources again.' },
  'source-folder-unfit': {
    message: 'The folder {path} cannot be watched: {reason}.',
    action: 'Choose a folder that others put scans into, and nothing else.',
  },
} as const
