import { fileURLToPath } from 'node:url'
import { svelte } from '@sveltejs/vite-plugin-svelte'
import { defineConfig, type Plugin } from 'vite'
import { readGuide } from './scripts/guide.ts'

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url))

/**
 * Cornerstone writes the style of a measurement's text as an attribute, which the content security policy blocks (with an
 * error in the console for each measurement). Set through the object model, the same style is allowed.
 */
function stylesByObjectModel(): Plugin {
  const attribute = "textElement.setAttribute('style', combinedStyle)"
  return {
    name: 'gyrus-styles-by-object-model',
    transform(code, id) {
      if (!id.includes('/drawingSvg/drawTextBox.js')) return null
      if (!code.includes(attribute))
        this.error(`${id} no longer says ${attribute}; look whether this plugin is still needed`)
      return { code: code.replace(attribute, 'textElement.style.cssText = combinedStyle'), map: null }
    },
  }
}

export default defineConfig({
  root: here('src/renderer'),
  // Relative addresses serve both shells: the loopback root and Electron's custom protocol.
  base: './',
  plugins: [svelte(), stylesByObjectModel()],
  define: { GYRUS_GUIDE: JSON.stringify(readGuide()), GYRUS_GUIDE_DE: JSON.stringify(readGuide('de')) },
  resolve: {
    // vtk.js asks for Node's `events` and `url`; without the npm packages the viewer dies at load time.
    alias: { events: here('node_modules/events/events.js'), url: here('node_modules/url/url.js') },
  },
  build: {
    outDir: here('dist/renderer'),
    emptyOutDir: true,
    target: 'es2022',
    // The content security policy allows no inline scripts, and data: only for images.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    // The viewer (Cornerstone3D with vtk.js) is one big chunk that only the review screen loads.
    chunkSizeWarningLimit: 4000,
    rolldownOptions: { checks: { pluginTimings: false } },
  },
})
