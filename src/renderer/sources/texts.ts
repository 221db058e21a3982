import type { ListenerSettings } from '../../shared/sources.ts'

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
}

const fields = {
  aeTitle: 'AE title',
  address: 'Listens at',
  port: 'Port',
  peers: 'Peers',
  maxAssociations: 'Associations at a time',
  maxObjectMegabytes: 'Largest object',
  maxPduKilobytes: 'Largest PDU',
  idleSeconds: 'Time-out',
}

const peersOf = (settings: ListenerSettings) =>
  settings.peers.map(({ aeTitle, address }) => `${aeTitle} at ${address}`).join(', ') || 'nobody'

export const sourceTexts = {
  listener: 'DICOM listener',
  reasons,
  fields,
  /** All settings as names and values. */
  told: (settings: ListenerSettings): [string, string][] => [
    ['Listener', settings.on ? 'on' : 'off'],
    [fields.aeTitle, settings.aeTitle],
    [fields.address, settings.address],
    [fields.port, String(settings.port)],
    [fields.peers, peersOf(settings)],
    [fields.maxAssociations, String(settings.maxAssociations)],
    [fields.maxObjectMegabytes, `${settings.maxObjectMegabytes} MB`],
    [fields.maxPduKilobytes, `${settings.maxPduKilobytes} kB`],
    [fields.idleSeconds, `${settings.idleSeconds} s`],
  ],
}
