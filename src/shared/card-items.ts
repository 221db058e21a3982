import { z } from 'zod'

/**
 * What a card says beside its figures, after CLAIM 2024 and the transparency principles for machine learning-enabled
 * medical devices (see `cardSchema`). Cards of earlier versions lack them, and are told to.
 */
export const CARD_ITEMS = [
  'maker',
  'contact',
  'users',
  'workflow',
  'inputGate',
  'subgroups',
  'monitoring',
  'updates',
  'code',
] as const
export type CardItem = (typeof CARD_ITEMS)[number]

/** What a reader sees for each item. */
export const CARD_ITEM_NAMES: Record<CardItem, string> = {
  maker: 'Made by',
  contact: 'Contact',
  users: 'For whom',
  workflow: 'Where in the work',
  inputGate: 'Which images it does not judge',
  subgroups: 'Subgroups and known bias',
  monitoring: 'Watching it in use',
  updates: 'How it changes',
  code: 'Code',
}

const text = z.string().min(1).optional()

/** Of a card, and of what people say of a model. */
export const cardItemsShape = {
  maker: text,
  contact: text,
  /** Who is meant to use it. */
  users: text,
  workflow: text,
  /** From where on it may not be asked about an image. */
  inputGate: text,
  /** How it does in parts of the population, as far as that is known, and what it is known to get wrong. */
  subgroups: text,
  monitoring: text,
  updates: text,
  /** Where the code is that trained and measures it. */
  code: text,
} satisfies Record<CardItem, z.ZodType>

type Items = { [I in CardItem]?: string | undefined }

/** The items that are said, alone. */
export const cardItemsOf = (from: Items): Items =>
  Object.fromEntries(CARD_ITEMS.flatMap((item) => (from[item] === undefined ? [] : [[item, from[item]]])))
