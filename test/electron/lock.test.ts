import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect } from 'vitest'
import { test as base } from './support/test.ts'

/** A place outside: what it was asked for. */
const test = base.extend('outside', { scope: 'file' }, async ({ found: _ }, { onCleanup }) => {
  const asked: string[] = []
  const server = createServer((request, response) => {
    asked.push(request.url ?? '')
    response.setHeader('content-type', 'text/html').setHeader('access-control-allow-origin', '*').end('outside')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onCleanup(() => void server.close())
  return { address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked }
})

test('the window is as locked as it was ordered', async ({ app }) => {
  await app.shows('Open sample scans')
  const preferences = await app.inMain(({ BrowserWindow }) => {
    const contents = BrowserWindow.fromId(1)?.webContents as unknown as { getLastWebPreferences(): object } | undefined
    return contents?.getLastWebPreferences()
  })
  expect(preferences).toMatchObject({
    sandbox: true,
    contextIsolation: true,
    nodeIntegration: false,
    nodeIntegrationInWorker: false,
    nodeIntegrationInSubFrames: false,
    webviewTag: false,
    webSecurity: true,
    allowRunningInsecureContent: false,
    spellcheck: false,
  })
})

test('the page sees named functions and nothing of Node, Electron or channels', async ({ app }) => {
  const seen = await app.inPage(() => {
    const bridge = window.gyrus as unknown as Record<string, unknown>
    const functions = Object.values(bridge.requests as object).concat(Object.values(bridge))
    return {
      node: ['require', 'process', 'module', 'Buffer', 'global', 'electron'].filter((name) => name in window),
      names: Object.keys(bridge).sort(),
      frozen: Object.isFrozen(bridge) && Object.isFrozen(bridge.requests),
      sources: functions.filter((one) => typeof one === 'function').map(String),
    }
  })
  expect(seen).toMatchObject({ node: [], frozen: true })
  expect(seen.names).toEqual([
    ...['chooseFiles', 'chooseFolder', 'keep', 'kept', 'onCommand', 'onEvent', 'printReport', 'requests', 'saveReport'],
    ...['showMenu', 'takeDropped', 'takePaths'],
  ])
  expect(seen.sources.filter((source) => source.includes('gyrus'))).toEqual([])
})

test('the page runs no text as code', async ({ app }) => {
  const ran = await app.inPage(() => {
    const script = document.createElement('script')
    script.textContent = 'window.ranInline = true'
    document.body.append(script)
    const image = document.createElement('img')
    image.setAttribute('onerror', 'window.ranInline = true')
    image.src = 'data:,'
    document.body.append(image)
    let evaluated = false
    try {
      evaluated = new Function('return true')()
    } catch {
      // As it should be.
    }
    return new Promise((resolve) => setTimeout(() => resolve([evaluated, 'ranInline' in window]), 200))
  })
  expect(ran).toEqual([false, false])
})

test.for([
  'gyrus://app/../package.json',
  'gyrus://app/%2e%2e/package.json',
  'gyrus://app/..%2fpackage.json',
  'gyrus://app/assets/../../package.json',
  'gyrus://app//etc/passwd',
  'gyrus://app/images/..%2f..%2fgyrus.sqlite/pixels',
])('the protocol serves nothing outside the page: %s', async (address, { app }) => {
  expect(await app.inPage(async (address) => (await fetch(address)).ok, address)).toBe(false)
})

test('the protocol serves nothing under another name', async ({ app }) => {
  const shown = await app.inMain(async ({ BrowserWindow }) => {
    const window = new BrowserWindow({ show: false })
    const load = async (address: string) => {
      await window.loadURL(address).catch(() => undefined)
      return window.webContents.executeJavaScript('document.documentElement.outerHTML') as Promise<string>
    }
    const shown = [await load('gyrus://app/index.html'), await load('gyrus://other/index.html')]
    window.destroy()
    return shown
  })
  expect(shown[0]).toContain('<title>')
  expect(shown[1]).not.toContain('<title>')
})

test('the page leads to no other address, opens no window and fetches nothing from outside', async ({
  app,
  outside,
}) => {
  const { address, asked } = outside
  await app.inPage(async (address) => {
    window.open(`${address}/open`)
    const link = document.createElement('a')
    link.href = `${address}/link`
    link.target = '_blank'
    document.body.append(link)
    link.click()
    const form = document.createElement('form')
    form.action = `${address}/form`
    document.body.append(form)
    form.submit()
    for (const name of ['iframe', 'img', 'script', 'object', 'webview']) {
      const element = document.createElement(name)
      element.setAttribute(name === 'object' ? 'data' : 'src', `${address}/${name}`)
      document.body.append(element)
    }
    await fetch(`${address}/fetch`).catch(() => undefined)
    location.href = `${address}/location`
    await new Promise((resolve) => setTimeout(resolve, 500))
    location.href = 'file:///etc/passwd'
    await new Promise((resolve) => setTimeout(resolve, 500))
  }, address)
  expect(await app.inPage(() => location.href)).toBe('gyrus://app/')
  expect(await app.inMain(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1)
  expect(asked).toEqual([])

  // It is there, and only the lock kept the page from it.
  await app.inMain(async ({ BrowserWindow }, address) => {
    const window = new BrowserWindow({ show: false })
    await window.loadURL(`${address}/control`)
    window.destroy()
  }, address)
  expect(asked).toContain('/control')
})

test('within itself the page may be loaded again', async ({ app }) => {
  await app.inPage(() => {
    Object.assign(window, { before: true })
    setTimeout(() => location.replace('gyrus://app/index.html'))
  })
  await app.until(() => location.pathname === '/index.html' && !('before' in window) && 'gyrus' in window)
  await app.shows('Open sample scans')
})

test('no permission is granted that the page asks for', async ({ app }) => {
  const answers = await app.inPage(async () => {
    const position = new Promise((resolve) =>
      navigator.geolocation.getCurrentPosition(
        () => resolve('given'),
        ({ code }) => resolve(code),
      ),
    )
    const camera = await navigator.mediaDevices.getUserMedia({ video: true }).catch(({ name }: Error) => name)
    return { notifications: await Notification.requestPermission(), position: await position, camera }
  })
  expect(answers).toEqual({ notifications: 'denied', position: 1, camera: 'NotAllowedError' })
})

test('the menu offers no reloading, no developer tools and no way into the network', async ({ app }) => {
  const items = await app.inMain(({ Menu }) => {
    const top = Menu.getApplicationMenu()?.items ?? []
    return top.concat(...top.map(({ submenu }) => submenu?.items ?? [])).map(({ role, label }) => role ?? label)
  })
  const lower = items.map((item) => item.toLowerCase())
  expect(lower).toEqual(expect.arrayContaining(['quit', 'copy', 'zoomin', 'togglefullscreen']))
  // Of Electron’s own help, which leads to its pages in the network; the app’s own leads to its guide.
  expect(lower.filter((item) => /reload|devtools|learn more|documentation|community|search issues/.test(item))).toEqual(
    [],
  )
})
