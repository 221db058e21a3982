/** What can be drawn of a brain region: the mask, white on black; or its border on the picture. */
export const DRAWINGS = ['outline', 'mask'] as const
export type Drawing = (typeof DRAWINGS)[number]
