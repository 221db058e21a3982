import { type Html, html } from './html.ts'

/** Small pictures of images, by their id, as `data:` addresses. */
export type Pictures = Record<string, string>

/** A picture in a page. @throws RangeError where it is not in the page itself */
export const scan = (picture: string): Html => html`<img class="scan" src="${checked(picture)}" alt="">`

/** A report fetches nothing: a picture is in it, or it is not shown. */
function checked(picture: string): string {
  if (!/^data:image\/(png|jpeg|webp);base64,[A-Za-z0-9+/=]+$/.test(picture))
    throw new RangeError('A picture in a report is a data address of a PNG, JPEG or WebP image')
  return picture
}
