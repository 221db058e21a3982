/** Has the browser save what lies at an address, under the name that the answer or, where that has none, the caller gives. */
export function download(href: string, fileName = ''): void {
  const link = document.createElement('a')
  link.href = href
  link.download = fileName
  link.click()
}
