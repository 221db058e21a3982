import { serve } from './main.ts'

/** Entry of the loopback shell where it is bundled: servers and containers. */
await serve(process.argv.slice(2))
