import type { Guide } from './types.ts'

/** As in text.ts, by its German document; loaded by German pages alone. */
declare const GYRUS_GUIDE_DE: Guide

export const guideText: Guide = GYRUS_GUIDE_DE
