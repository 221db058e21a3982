import type { Guide } from './types.ts'

/** Put here when the screens are built (vite.config.ts), so that the page has nothing to fetch and nothing to parse. */
declare const GYRUS_GUIDE: Guide

export const guideText: Guide = GYRUS_GUIDE
