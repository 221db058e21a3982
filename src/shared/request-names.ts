import { contract, type RequestName } from './contract.ts'

/** Names of all requests. Bundled (scripts/electron.ts), this is the list alone, without the contract's checks. */
export const REQUEST_NAMES = Object.keys(contract) as RequestName[]
