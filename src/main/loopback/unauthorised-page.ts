import { describe } from '../../shared/errors.ts'
import { BANNER } from '../../shared/labels.ts'

const { message, action } = describe('unauthorised')

/** Shown where the address was opened without its one-time link. It needs no file and no script. */
export const UNAUTHORISED_PAGE = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="color-scheme" content="dark">
<title>Gyrus</title>
<h1>Gyrus</h1>
<p>${message}</p>
<p>${action}</p>
<p><small>${BANNER}</small></p>
</html>
`
