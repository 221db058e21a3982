import type { SafeStorage } from 'electron'
import type { KeyStore } from '../core/encryption/key-store.ts'

/** What is used of Electron's `safeStorage`: Keychain, DPAPI, or a keyring on Linux. */
export type Storage = Pick<
  SafeStorage,
  'isAsyncEncryptionAvailable' | 'getSelectedStorageBackend' | 'encryptStringAsync' | 'decryptStringAsync'
>

/** Names that Electron gives where it found no keyring: its own key is then the same everywhere, and guards nothing. */
const NO_KEYRING = ['basic_text', 'unknown']

/** The key store by way of Electron, once the app is ready. */
export const keyStoreOf = (storage: Storage, platform: NodeJS.Platform): KeyStore => ({
  async problem() {
    if (platform === 'linux' && NO_KEYRING.includes(storage.getSelectedStorageBackend())) {
      return 'there is no keyring; Electron would use a key that everybody knows (basic_text)'
    }
    return (await storage.isAsyncEncryptionAvailable()) ? null : 'it cannot be reached'
  },
  seal: async (text) => (await storage.encryptStringAsync(text)).toString('base64'),
  open: async (sealed) => (await storage.decryptStringAsync(Buffer.from(sealed, 'base64'))).result,
})
