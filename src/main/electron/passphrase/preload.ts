import { ipcRenderer } from 'electron'
import type { PassphraseRefused } from '../../core/encryption/ask.ts'
import { GIVE_PASSPHRASE } from '../channels.ts'

/** Takes what is typed to the main process. The page itself runs no script. */
document.addEventListener('DOMContentLoaded', () => {
  const form = document.querySelector('form') as HTMLFormElement
  const field = form.querySelector('input') as HTMLInputElement
  const button = form.querySelector('button') as HTMLButtonElement
  const problem = form.querySelector('[role="alert"]') as HTMLElement

  const open = button.textContent
  const { opening = '', wait = '' } = form.dataset

  form.addEventListener('submit', async (event) => {
    event.preventDefault()
    if (button.disabled) return
    const secret = field.value
    field.value = ''
    field.disabled = button.disabled = true
    problem.textContent = ''
    button.textContent = opening
    const { message, action, seconds }: PassphraseRefused = await ipcRenderer.invoke(GIVE_PASSPHRASE, secret)
    problem.textContent = `${message} ${action}`
    field.disabled = false
    field.focus()
    countDown(seconds)
  })

  function countDown(seconds: number): void {
    button.disabled = seconds > 0
    button.textContent = seconds > 0 ? wait.replace('{seconds}', String(seconds)) : open
    if (seconds > 0) setTimeout(() => countDown(seconds - 1), 1_000)
  }
})
