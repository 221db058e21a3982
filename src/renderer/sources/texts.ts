import type { ListenerSettings, ListenerStatus, Today } from '../../shared/sources.ts'
import { number, plural } from '../format.ts'
import { passedText } from './rule-texts.ts'

const reasons: Record<string, string> = {
  address: 'No peer has this address',
  'calling-ae': 'No peer has this AE title at this address',
  'called-ae': 'It asked for another AE title than this one',
  'nothing-accepted': 'It offered nothing that Gyrus takes',
  'too-many': 'Too many connections at a time',
  malformed: 'It sent something that is not DICOM',
  timeout: 'It did not finish in time',
  'too-large': 'An object larger than the limit',
  'not-kept': 'An object that could not be kept',
  tls: 'No TLS, or a certificate that is not accepted',
}

const fields = {
  aeTitle: 'AE title',
  address: 'Listens at',
  port: 'Port',
  maxAssociations: 'Associations at a time',
  maxObjectMegabytes: 'Largest object, MB',
  maxPduKilobytes: 'Largest PDU, kB',
  idleSeconds: 'Time-out, s',
}

const peersOf = (settings: ListenerSettings) =>
  settings.peers.map(({ aeTitle, address }) => `${aeTitle} at ${address}`).join(', ') || 'nobody'

const today = (counts: Today) => {
  const { received, known, refused } = counts
  return [
    `Today: ${plural(received, 'file', 'files')} received`,
    ...(known ? [`${number(known)} on record before`] : []),
    ...(refused ? [`${number(refused)} refused`] : []),
    ...[passedText(counts) ?? []].flat(),
  ].join(', ')
}

const listenerStates: Record<ListenerStatus['state'], string> = {
  off: 'Off.',
  starting: 'Starting…',
  ready: 'Listening.',
  restarting: 'It ended unexpectedly and is being started again.',
  failed: 'Not listening.',
}

export const sourceTexts = {
  reasons,
  today,
  listener: {
    title: 'DICOM listener',
    text: 'A scanner, a PACS or a workstation can send images to Gyrus (C‑STORE) and ask whether it is there (C‑ECHO). An image is acknowledged when it is on record. Without TLS nothing is encrypted: use that in a network that you trust only.',
    on: 'Listen',
    fields,
    addressHint:
      '127.0.0.1 is this machine alone. To let others send, give the address that this machine has in their network.',
    open: 'Other machines can reach this address. Only the peers below may send; without TLS what they send is not encrypted on its way.',
    peers: 'Peers',
    peersHint:
      'Who may send: AE title and address, both have to fit. An address may be a network, such as 10.1.2.0/24.',
    nobody: 'Nobody may send yet.',
    peerAe: 'AE title of a peer',
    peerAddress: 'Address of a peer',
    add: 'Add a peer',
    remove: (peer: string) => `Remove ${peer || 'this peer'}`,
    limits: 'Limits',
    tls: 'TLS',
    tlsOn: 'Encrypt what is sent (TLS); who sends without it is refused',
    certificate: 'Certificate of this machine (PEM)',
    clientCa: 'Certificate that signs those of senders (PEM); empty: senders need none',
    key: 'Private key (PEM)',
    keyKept: 'A key is kept. It is never shown; what is entered here takes its place.',
    test: 'Ask it from here (C‑ECHO)',
    testing: 'Asking it …',
    answers: (aeTitle: string, address: string) =>
      `It answered ${aeTitle} at ${address}: senders can reach it as long as the network lets them.`,
    turnsAway: (aeTitle: string, address: string) =>
      `It listens, and turned ${aeTitle} at ${address} away: that is none of its peers. To test more from this machine add a peer with this address.`,
    save: 'Save',
    saved: 'The DICOM listener is set.',
    states: listenerStates,
    at: (aeTitle: string, address: string, port: number) => `Listening as ${aeTitle} at ${address}, port ${port}.`,
    last: (at: string, aeTitle: string, address: string) => `Last image ${at} from ${aeTitle} at ${address}.`,
    noneYet: 'No image came since Gyrus started.',
    echoed: (at: string, aeTitle: string, address: string) =>
      `Last asked whether it is there ${at} by ${aeTitle} at ${address}.`,
    restarts: (n: number) => `Started again ${plural(n, 'time', 'times')} since Gyrus started.`,
    refused: 'What was refused',
    columns: { at: 'When', who: 'AE title', address: 'Address', why: 'Why' },
  },
  folders: {
    title: 'Watched folders',
    text: 'New images in these folders are taken by themselves: when a file has not changed between two looks, some seconds apart. Files stay where they are; what is on record is not taken again.',
    none: 'No folder is watched.',
    add: 'Watch a folder…',
    elsewhere: 'A browser cannot name folders: see “gyrus sources watch --help”.',
    added: 'The folder is watched.',
    removed: 'The folder is no longer watched. What came from it stays.',
    on: 'Watch',
    subFolders: 'with sub-folders',
    remove: 'Remove',
    removeSure: (path: string) => `${path} is no longer watched. What came from it stays on record.`,
    states: {
      off: 'Off',
      starting: 'Looking through it for the first time…',
      ready: 'Watched',
      restarting: '',
      failed: 'Cannot be looked through',
    } satisfies Record<ListenerStatus['state'], string>,
    waiting: (n: number) => `${plural(n, 'file waits', 'files wait')} to be complete or for their turn`,
    last: (at: string) => `last new image ${at}`,
    problems: 'Cannot be taken',
  },
  /** All settings as names and values, for the audit trail. */
  told: (settings: ListenerSettings): [string, string][] => [
    ['Listener', settings.on ? 'on' : 'off'],
    [fields.aeTitle, settings.aeTitle],
    [fields.address, settings.address],
    [fields.port, String(settings.port)],
    ['Peers', peersOf(settings)],
    [
      'TLS',
      settings.tls.on ? `on, ${settings.tls.clientCa === '' ? 'without' : 'with'} certificates of senders` : 'off',
    ],
    [fields.maxAssociations, String(settings.maxAssociations)],
    [fields.maxObjectMegabytes, String(settings.maxObjectMegabytes)],
    [fields.maxPduKilobytes, String(settings.maxPduKilobytes)],
    [fields.idleSeconds, String(settings.idleSeconds)],
  ],
}
