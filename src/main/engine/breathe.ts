/** Lets the engine answer its heartbeat in the middle of long arithmetic: one that is silent for 15 s is ended. */
export const breathe = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))
