/** What stands around every page; part of `texts`. */
export const shellTexts = {
  pages: 'Pages',
  workList: 'Work list',
  audit: 'Audit',
  reader: (name: string) => `Reader: ${name}`,
  keys: 'Keys',
  close: 'Close',
  dismiss: 'Dismiss',
  tryAgain: 'Try again',
  loadFailed: 'This could not be loaded.',
  no: 'Cancel',
  notYours: 'The admin panel is for administrators and auditors.',
  notifications: 'Notifications',
  fatalTitle: 'Gyrus cannot be used from this page',
  gone: {
    message: (place: string, at: string) => `This record was moved to ${place} on ${at}.`,
    action: 'What is done here stays here, and nobody there sees it.',
  },
  engine: {
    starting: 'The engine is starting. Scans that you open now are analysed as soon as it is ready.',
    restarting: 'The engine stopped and is being started again. Nothing was lost; it goes on by itself.',
    failed: 'The engine cannot analyse scans.',
    failedAction: 'Restart Gyrus; if it stays so, install it again.',
  },
}
