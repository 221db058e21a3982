import { preferences } from '../settings/preferences.svelte.ts'
import { type Bindings, keys } from '../shell/keys.svelte.ts'
import { router } from '../shell/router.svelte.ts'
import { toasts } from '../shell/toasts.svelte.ts'
import { texts } from '../texts.ts'
import { drafts } from './drafts.svelte.ts'
import type { ImageTools } from './image-tools.svelte.ts'
import type { Review } from './review.svelte.ts'

const AGAIN_MS = 4000

/** A key beside the others must not sign by accident: pressed once it says what it would do, twice it does it. */
function signByKey(review: Review): () => void {
  let armed = { id: '', until: 0 }
  return () => {
    const { id, signable, standing } = review
    if (!signable || !standing) return void review.sign()
    const again = armed.id === id && performance.now() < armed.until
    armed = again ? { id: '', until: 0 } : { id, until: performance.now() + AGAIN_MS }
    if (again) void review.sign()
    else toasts.hint(texts.verdict.signAgain(preferences.written('sign'), texts.verdicts[standing.verdict]), id)
  }
}

/** What the keys of the review screen do. */
export function reviewKeys(review: Review, tools: ImageTools, focusComment: () => void): Bindings<'review'> {
  const back = () => {
    if (document.activeElement instanceof HTMLTextAreaElement) document.activeElement.blur()
    else if (tools.maximised) tools.maximised = false
    else if (review.amending && !drafts.has(review.id)) review.cancelAmendment()
    else router.goBack()
  }
  /** A comment that was saved lets go of the keys: the next ones are for the page, unless more was typed meanwhile. */
  const afterwards = (saved: boolean) => {
    const { activeElement } = document
    if (saved && !drafts.has(review.id) && activeElement instanceof HTMLTextAreaElement) activeElement.blur()
  }
  return {
    help: () => (keys.help = true),
    'next-unread': () => review.nextUnread(),
    previous: () => review.step(-1),
    next: () => review.step(1),
    back,
    agree: () => review.choose('agree'),
    disagree: () => review.choose('disagree'),
    'cannot-tell': () => review.choose('cannot-tell'),
    glioma: () => review.chooseLabel('glioma'),
    meningioma: () => review.chooseLabel('meningioma'),
    pituitary: () => review.chooseLabel('pituitary'),
    notumor: () => review.chooseLabel('notumor'),
    other: () => review.chooseLabel('other'),
    comment: focusComment,
    save: () => void review.saveAndStay().then(afterwards),
    'save-next': () => void review.saveAndNext().then(afterwards),
    sign: signByKey(review),
    amend: () => review.beginAmendment(),
    history: () => (review.historyOpen = true),
    window: () => tools.viewer?.use('window'),
    pan: () => tools.viewer?.use('pan'),
    zoom: () => tools.viewer?.use('zoom'),
    length: () => tools.viewer?.use('length'),
    'remove-length': () => tools.removeLength(),
    'nudge-left': () => tools.nudge(-1, 0),
    'nudge-right': () => tools.nudge(1, 0),
    'nudge-up': () => tools.nudge(0, -1),
    'nudge-down': () => tools.nudge(0, 1),
    invert: () => tools.viewer?.invert(),
    'flip-h': () => tools.viewer?.flipH(),
    'flip-v': () => tools.viewer?.flipV(),
    rotate: () => tools.viewer?.rotate(),
    undo: () => tools.undo(),
    reset: () => tools.viewer?.reset(),
    report: () => (review.reporting = review.detail !== null),
    maximise: () => (tools.maximised = !tools.maximised),
  }
}
