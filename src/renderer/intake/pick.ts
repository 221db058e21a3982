/** The browser's own dialog; null when it is closed without a choice. */
export function pick(kind: 'files' | 'folder'): Promise<FileList | null> {
  const input = document.createElement('input')
  input.type = 'file'
  input.multiple = true
  input.webkitdirectory = kind === 'folder'
  return new Promise((resolve) => {
    input.onchange = () => resolve(input.files)
    input.oncancel = () => resolve(null)
    input.click()
  })
}
