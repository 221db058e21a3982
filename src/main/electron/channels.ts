/** Names of the IPC channels; main and preload must agree on them. */
export const requestChannel = (name: string) => `gyrus:${name}`
export const CHOOSE_FILES = 'gyrus-shell:choose-files'
export const CHOOSE_FOLDER = 'gyrus-shell:choose-folder'
export const SAVE_REPORT = 'gyrus-shell:save-report'
export const PRINT_REPORT = 'gyrus-shell:print-report'
export const TAKE_PATHS = 'gyrus-shell:take-paths'
export const TAKE_DROPPED = 'gyrus-shell:take-dropped'
export const KEEP = 'gyrus-shell:keep'
export const KEPT = 'gyrus-shell:kept'
export const SHOW_MENU = 'gyrus-shell:show-menu'
export const EVENT = 'gyrus-shell:event'
export const COMMAND = 'gyrus-shell:command'
export const GIVE_PASSPHRASE = 'gyrus-shell:give-passphrase'
