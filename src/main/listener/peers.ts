import { BlockList, isIPv6 } from 'node:net'
import type { Peer } from '../../shared/sources.ts'

/** Who may connect, and as whom. */
export class Peers {
  readonly #peers: { aeTitle: string; at: BlockList }[]

  constructor(peers: Peer[]) {
    this.#peers = peers.map(({ aeTitle, address }) => ({ aeTitle, at: network(address) }))
  }

  /** Whether any peer has this address. */
  reach(address: string): boolean {
    return this.#peers.some(({ at }) => at.check(address, family(address)))
  }

  allow(aeTitle: string, address: string): boolean {
    return this.#peers.some((peer) => peer.aeTitle === aeTitle && peer.at.check(address, family(address)))
  }
}

function network(address: string): BlockList {
  const list = new BlockList()
  const [host = '', prefix] = address.split('/')
  if (prefix === undefined) list.addAddress(host, family(host))
  else list.addSubnet(host, Number(prefix), family(host))
  return list
}

const family = (address: string) => (isIPv6(address) ? 'ipv6' : 'ipv4')

/** An address of IPv4 as it is written there, where the system puts it into IPv6. */
export const plainAddress = (address: string): string => address.replace(/^::ffff:(?=\d+\.\d+\.\d+\.\d+$)/i, '')
