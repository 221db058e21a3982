import { registerHooks } from 'node:module'

const CORE = '/@tensorflow/tfjs-core/dist/'

let registered: Promise<unknown> | undefined

/**
 * Registers the gradients of all operations. The main file of tfjs-core lacks them, and the modules that have them name
 * each other without `.js`, as bundlers want it. Node is told so, for these files and while they load. They find the
 * engine of the main file by its global, so there are not two.
 */
export function registerGradients(): Promise<unknown> {
  registered ??= load()
  return registered
}

async function load(): Promise<void> {
  const hooks = registerHooks({
    resolve(specifier, context, next) {
      const bare = specifier.startsWith('.') && !specifier.endsWith('.js') && context.parentURL?.includes(CORE)
      return next(bare ? `${specifier}.js` : specifier, context)
    },
  })
  try {
    await import('@tensorflow/tfjs-core/dist/register_all_gradients.js')
  } finally {
    hooks.deregister()
  }
}
