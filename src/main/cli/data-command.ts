import { Command } from 'commander'

/** A command on the data folder that can answer as JSON. */
export const dataCommand = (name: string, description: string): Command =>
  new Command(name)
    .description(description)
    .option('--json', 'one JSON object')
    .option('--data-dir <folder>', 'where it is kept (default: GYRUS_DATA, else the platform’s place)')
    .exitOverride()
