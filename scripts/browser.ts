import { type Browser, chromium } from 'playwright-core'
import { ensureTool } from './tools.ts'

/**
 * WebGL in software, so that the viewer draws on machines without a graphics card, and the page put together by the processor, as
 * Chromium does by itself there: by WebGL in software that would take ten times as long. And no sandbox, for root.
 */
const ARGUMENTS = [
  '--no-sandbox',
  '--use-angle=swiftshader',
  '--enable-unsafe-swiftshader',
  '--disable-gpu-compositing',
  '--disable-dev-shm-usage',
]

/** Without a locale Chromium takes names of files for ASCII, and loses those that are not. */
const ENVIRONMENT = { ...process.env, LC_ALL: 'C.UTF-8' }

/** Starts the program at `path` without a window. Only our own pages are opened in it. */
export async function launchBrowser(path: string): Promise<Browser> {
  return await chromium.launch({ executablePath: path, headless: true, args: ARGUMENTS, env: ENVIRONMENT })
}

/** The same for scripts, which cannot go on without a browser. */
export async function launchAnyBrowser(): Promise<Browser> {
  const found = ensureTool('chromium')
  if (!found.path) throw new Error(found.reason)
  return await launchBrowser(found.path)
}
