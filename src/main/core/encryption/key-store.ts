/** The operating system's key store, as far as a shell has one: what is sealed opens for this user on this machine only. */
export interface KeyStore {
  /** Why nothing can be kept safely here; null where it can. */
  problem(): Promise<string | null>
  seal(text: string): Promise<string>
  /** @throws where this store did not seal it */
  open(sealed: string): Promise<string>
}
