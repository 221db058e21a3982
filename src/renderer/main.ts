import '@fontsource-variable/inter/index.css'
import './styles/tokens.css'
import './styles/base.css'
import './styles/forms.css'
import './styles/lists.css'
import './styles/menus.css'
import './styles/pages.css'
import './styles/parts.css'
import './styles/tables.css'
import { mount } from 'svelte'
import { startLanguage } from './language/start.ts'

async function start(): Promise<void> {
  await startLanguage()
  const { default: App } = await import('./App.svelte')
  const target = document.getElementById('app')
  if (target) mount(App, { target })
}

void start()
