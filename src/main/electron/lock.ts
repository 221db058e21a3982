import type { Session, WebContents } from 'electron'
import { isOurAddress } from './page-protocol.ts'

/** Keeps what a window shows to our own page: no other address, no further window, nothing embedded, no devices. */
export function lockContents(contents: WebContents): void {
  contents.setWindowOpenHandler(() => ({ action: 'deny' }))
  contents.on('will-navigate', stayHere)
  contents.on('will-redirect', stayHere)
  contents.on('will-attach-webview', (event) => event.preventDefault())
  lockSession(contents.session)
}

/** Camera, notifications, devices and the like: the page needs none, so none is granted or reported as granted. */
function lockSession(session: Session): void {
  session.setPermissionRequestHandler((_contents, _permission, answer) => answer(false))
  session.setPermissionCheckHandler(() => false)
  session.setDevicePermissionHandler(() => false)
}

function stayHere(event: { url: string; preventDefault(): void }): void {
  if (!isOurAddress(event.url)) event.preventDefault()
}
