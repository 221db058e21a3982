/** Implementation Class UID (0002,0012): one for all Gyrus, made once from a random UUID. */
export const IMPLEMENTATION_UID = '2.25.35049072518182031178587441485576796259'

/** Implementation Version Name (0002,0013); 16 letters at most. */
export const implementationVersion = (version: string): string => `GYRUS_${version}`.slice(0, 16)
