import { type KeyBinding, keys } from '../shell/keys.svelte.ts'
import { router } from '../shell/router.svelte.ts'
import { texts } from '../texts.ts'
import type { ImageTools } from './image-tools.svelte.ts'
import { CHOICES, type Review } from './review.svelte.ts'

/** The keys of the review screen. `space` is kept free for the heat map. */
export function reviewKeys(review: Review, tools: ImageTools, focusComment: () => void): KeyBinding[] {
  const k = texts.keys
  const v = texts.viewer
  const { agree, 'cannot-tell': cannotTell } = texts.verdicts
  const key = (name: string, text: string, run: (event: KeyboardEvent) => void): KeyBinding => ({
    keys: [name],
    show: [name.toUpperCase()],
    text,
    run,
  })
  const back = (event: KeyboardEvent) => {
    if (event.target instanceof HTMLTextAreaElement) event.target.blur()
    else if (tools.maximised) tools.maximised = false
    else router.openWorkList()
  }
  return [
    { keys: ['arrowleft', 'arrowup'], show: ['←', '↑'], text: texts.review.previous, run: () => review.step(-1) },
    { keys: ['arrowright', 'arrowdown'], show: ['→', '↓'], text: texts.review.next, run: () => review.step(1) },
    key('n', k.nextUnread, () => review.nextUnread()),
    key('a', agree, () => review.choose('agree')),
    key('d', texts.verdict.disagree, () => review.choose('disagree')),
    {
      keys: CHOICES.map((_, index) => String(index + 1)),
      show: CHOICES.map((_, index) => String(index + 1)),
      text: k.labels,
      run: ({ key }) => review.chooseLabel(CHOICES[Number(key) - 1]),
    },
    key('t', cannotTell, () => review.choose('cannot-tell')),
    key('c', k.comment, focusComment),
    { keys: ['ctrl+s'], show: ['Ctrl', 'S'], text: k.save, run: () => review.saveAndStay(), whileTyping: true },
    { keys: ['enter'], show: ['Enter'], text: k.saveNext, run: () => review.saveAndNext() },
    {
      keys: ['ctrl+enter'],
      show: ['Ctrl', 'Enter'],
      text: k.saveNextTyping,
      run: () => review.saveAndNext(),
      whileTyping: true,
    },
    key('w', v.window, () => tools.viewer?.use('window')),
    key('p', v.pan, () => tools.viewer?.use('pan')),
    key('z', v.zoom, () => tools.viewer?.use('zoom')),
    key('l', v.length, () => tools.viewer?.use('length')),
    key('i', v.invert, () => tools.viewer?.invert()),
    key('h', v.flipH, () => tools.viewer?.flipH()),
    key('v', v.flipV, () => tools.viewer?.flipV()),
    key('o', v.rotate, () => tools.viewer?.rotate()),
    key('r', v.reset, () => tools.viewer?.reset()),
    { keys: ['ctrl+z'], show: ['Ctrl', 'Z'], text: k.undo, run: () => tools.undo() },
    key('m', `${v.maximise} / ${v.restore}`, () => {
      tools.maximised = !tools.maximised
    }),
    { keys: ['escape'], show: ['Esc'], text: k.back, run: back, whileTyping: true },
    { keys: ['?'], show: ['?'], text: k.help, run: () => (keys.help = true) },
  ]
}
