/** What is told while a dialog is open is closed without closing it. */
export function stayForToasts(event: PointerEvent): void {
  if (event.target instanceof Element && event.target.closest('[aria-live]')) event.preventDefault()
}
