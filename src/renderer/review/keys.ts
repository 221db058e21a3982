import type { ChangeableAction } from '../../shared/keys.ts'
import type { VerdictLabel } from '../../shared/labels.ts'
import type { Heat } from '../heat/heat.svelte.ts'
import type { Region } from '../region/region.svelte.ts'
import { preferences } from '../settings/preferences.svelte.ts'
import { type Bindings, keys } from '../shell/keys.svelte.ts'
import { router } from '../shell/router.svelte.ts'
import { toasts } from '../shell/toasts.svelte.ts'
import { texts } from '../texts.ts'
import { classify } from '../work-list/listed.ts'
import type { Compare } from './compare.svelte.ts'
import { drafts } from './drafts.svelte.ts'
import type { ImageTools } from './image-tools.svelte.ts'
import type { Review } from './review.svelte.ts'
import type { Stack } from './stack.svelte.ts'
import { saidShort } from './verdict-said.ts'

const AGAIN_MS = 4000

/** Keys beside the others must not do by accident what cannot be taken back: pressed once they say what they would do, twice they do it. */
function twice(): (what: { action: ChangeableAction; id: string; says: string; does: () => void }) => void {
  let armed = { action: '', id: '', until: 0 }
  return ({ action, id, says, does }) => {
    const again = armed.action === action && armed.id === id && performance.now() < armed.until
    armed = again ? { action: '', id: '', until: 0 } : { action, id, until: performance.now() + AGAIN_MS }
    if (again) does()
    else toasts.hint(says, id)
  }
}

/** What of the screen its keys act on. */
interface Screen {
  review: Review
  tools: ImageTools
  stack: Stack
  compare: Compare
  heat: Heat
  region: Region
  focusComment(): void
}

/** What the keys of the review screen do. */
export function reviewKeys({ review, tools, stack, compare, heat, region, focusComment }: Screen): Bindings<'review'> {
  const back = () => {
    if (document.activeElement instanceof HTMLTextAreaElement) document.activeElement.blur()
    else if (tools.maximised) tools.maximised = false
    else if (review.amending && !drafts.has(review.id)) review.cancelAmendment()
    else if (review.halfChosen) review.unchoose()
    else router.goBack()
  }
  /** A comment that was saved lets go of the keys: the next ones are for the page, unless more was typed meanwhile. */
  const afterwards = (saved: boolean) => {
    const { activeElement } = document
    if (saved && !drafts.has(review.id) && activeElement instanceof HTMLTextAreaElement) activeElement.blur()
  }
  const onSecond = twice()
  const sign = () => {
    const { id, signable, standing } = review
    if (!signable || !standing) return void review.sign()
    const says = texts.verdict.signAgain(preferences.written('sign'), saidShort(standing), standing.comment.trim())
    onSecond({ action: 'sign', id, says, does: () => void review.sign() })
  }
  /** What a second or a third reader saves is signed with it. */
  const save = (action: 'save' | 'save-next', saves: () => Promise<boolean>) => {
    const does = () => void saves().then(afterwards)
    if (!review.task || !review.complete) return does()
    const says = texts.second.signAgain[review.task](preferences.written(action))
    onSecond({ action, id: review.id, says, does })
  }
  /** An impression is recorded once and for all. */
  const impress = (action: VerdictLabel | 'cannot-tell') => {
    const name = action === 'cannot-tell' ? texts.verdict.cannotTell : texts.verdictLabels[action]
    const says = texts.impression.again(preferences.written(action), name)
    onSecond({ action, id: review.id, says, does: () => void review.impress(action) })
  }
  const label = (label: VerdictLabel) => () =>
    review.detail?.awaitsImpression ? impress(label) : review.chooseLabel(label)
  return {
    help: () => (keys.help = true),
    'next-unread': () => review.nextUnread(),
    classify: () => review.detail && void classify(review.detail),
    previous: () => review.step(-1),
    next: () => review.step(1),
    'slice-up': () => (stack.many ? stack.step(-1) : review.step(-1)),
    'slice-down': () => (stack.many ? stack.step(1) : review.step(1)),
    'slices-up': () => stack.leap(-1),
    'slices-down': () => stack.leap(1),
    'slice-first': () => stack.go(0),
    'slice-last': () => stack.go(stack.length - 1),
    suspicious: () => stack.toMostSuspicious(),
    'suspicious-up': () => stack.toSuspicious(-1),
    'suspicious-down': () => stack.toSuspicious(1),
    cine: () => stack.cine.toggle(),
    compare: () => void compare.toggle(),
    'in-step': () => compare.toggleInStep(),
    back,
    agree: () => review.choose('agree'),
    disagree: () => review.choose('disagree'),
    'cannot-tell': () => (review.detail?.awaitsImpression ? impress('cannot-tell') : review.choose('cannot-tell')),
    glioma: label('glioma'),
    meningioma: label('meningioma'),
    pituitary: label('pituitary'),
    notumor: label('notumor'),
    other: label('other'),
    comment: focusComment,
    save: () => save('save', () => review.saveAndStay()),
    'save-next': () => save('save-next', () => review.saveAndNext()),
    sign,
    amend: () => review.beginAmendment(),
    history: () => (review.historyOpen = true),
    'what-if': () => review.tryOut(stack.images?.images[stack.at]),
    window: () => tools.use('window'),
    pan: () => tools.use('pan'),
    zoom: () => tools.use('zoom'),
    scroll: () => tools.use('scroll'),
    length: () => tools.length(),
    'remove-length': () => tools.removeLength(),
    'nudge-left': () => tools.nudge(-1, 0),
    'nudge-right': () => tools.nudge(1, 0),
    'nudge-up': () => tools.nudge(0, -1),
    'nudge-down': () => tools.nudge(0, 1),
    heat: () => heat.toggle(),
    outline: () => region.toggleOutline(),
    corners: () => (tools.corners = !tools.corners),
    asymmetry: () => region.toggleMap(),
    invert: () => tools.active?.invert(),
    'flip-h': () => tools.active?.flipH(),
    'flip-v': () => tools.active?.flipV(),
    rotate: () => tools.active?.rotate(),
    undo: () => tools.undo(),
    reset: () => tools.active?.reset(),
    report: () => review.report('save'),
    print: () => review.report('print'),
    maximise: () => (tools.maximised = !tools.maximised),
  }
}
