import { texts } from '../texts.ts'

const names: Record<string, string> = texts.audit.acts

/** What an act is called; one that an other Gyrus wrote is called what it says. */
export const actName = (act: string): string => names[act] ?? act
