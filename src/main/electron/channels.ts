/** Names of the IPC channels; main and preload must agree on them. */
export const requestChannel = (name: string) => `gyrus:${name}`
export const CHOOSE_FILES = 'gyrus-shell:choose-files'
export const CHOOSE_FOLDER = 'gyrus-shell:choose-folder'
export const SAVE_REPORT = 'gyrus-shell:save-report'
export const EVENT = 'gyrus-shell:event'
export const GIVE_PASSPHRASE = 'gyrus-shell:give-passphrase'
