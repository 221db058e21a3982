import type { DeidentifiedAttribute, DeidentifyAct } from '../../../shared/deidentify.ts'
import { type Dictionary, tagText } from './dictionary.ts'
import { dummy } from './dummy.ts'
import { type Element, find, textElement, textsOf } from './element.ts'
import type { Pseudonyms } from './pseudonyms.ts'
import { type Action, actionOf } from './rules.ts'

const PATIENT_NAME = 0x0010_0010
const PATIENT_ID = 0x0010_0020
const ISSUER = 0x0010_0021

/** Goes over a data set with the rules, and keeps count of what it did. */
export class Cleaner {
  readonly #pseudonyms: Pseudonyms
  readonly #dictionary: Dictionary
  readonly #done = new Map<string, DeidentifiedAttribute>()

  constructor(pseudonyms: Pseudonyms, dictionary: Dictionary) {
    this.#pseudonyms = pseudonyms
    this.#dictionary = dictionary
  }

  /** By tag. */
  get done(): DeidentifiedAttribute[] {
    return [...this.#done.values()].sort((a, b) => (a.tag < b.tag ? -1 : 1))
  }

  clean(elements: Element[]): Element[] {
    const patient = this.#patient(elements)
    return elements.flatMap((element) => this.#element(element, patient) ?? [])
  }

  #element(element: Element, patient: string): Element | null {
    const action = actionOf(element, this.#dictionary)
    if (action === 'drop') return null
    if (action === 'keep') return this.#inside(element)
    // What is empty says nothing, and a stand-in would say something: that a contrast agent was given, for one.
    if (action !== 'X' && isEmpty(element)) return element
    const [act, changed] = this.#change(element, action, patient)
    this.#note(element.tag, act)
    return changed
  }

  #change(element: Element, action: Action, patient: string): [DeidentifyAct, Element | null] {
    const { tag, vr } = element
    if (action === 'X') return ['removed', null]
    if (tag === PATIENT_NAME || tag === PATIENT_ID)
      return patient ? ['replaced', textElement(tag, vr, patient)] : ['emptied', emptied(element)]
    if (vr === 'UI' && (action === 'U' || action.includes('D'))) {
      const uids = textsOf(element).map((uid) => this.#pseudonyms.uid(uid))
      return ['new-uid', textElement(tag, vr, uids.join('\\'))]
    }
    // Of the forms with conditions the one that every IOD allows: PS3.15 lets what is emptied, or replaced, stay.
    if (action === 'X/Z/U*') return ['replaced', this.#inside(element)]
    if (action === 'U' || action.includes('D')) return ['replaced', dummy(element, this.#keyword(tag))]
    return ['emptied', emptied(element)]
  }

  #inside(element: Element): Element {
    if (element.kind !== 'sequence') return element
    return { ...element, items: element.items.map((item) => this.clean(item)) }
  }

  /** '' where there is no ID: two patients without one must not become one. */
  #patient(elements: Element[]): string {
    const [id] = textsOf(find(elements, PATIENT_ID))
    const [issuer = ''] = textsOf(find(elements, ISSUER))
    return id === undefined ? '' : this.#pseudonyms.patient(issuer, id)
  }

  #note(tag: number, act: DeidentifyAct): void {
    const key = `${tag} ${act}`
    const before = this.#done.get(key)
    this.#done.set(key, { tag: tagText(tag), keyword: this.#keyword(tag), act, count: (before?.count ?? 0) + 1 })
  }

  #keyword(tag: number): string {
    return this.#dictionary(tag)?.keyword ?? ''
  }
}

function emptied(element: Element): Element {
  const { tag, vr } = element
  if (element.kind === 'sequence') return { kind: 'sequence', tag, vr, items: [] }
  return { kind: 'value', tag, vr, value: new Uint8Array() }
}

function isEmpty(element: Element): boolean {
  if (element.kind === 'sequence') return element.items.length === 0
  return element.kind === 'value' && element.value.length === 0
}
