export const STATISTICS = ['brightness', 'contrast', 'sharpness', 'noise', 'head'] as const
/** What is measured of a picture as the network sees it. */
export type Statistic = (typeof STATISTICS)[number]

/**
 * Of the network's input before it is normalised, whose greys are 0–255:
 * - `brightness`, `contrast`: mean and standard deviation of the greys
 * - `sharpness`: common logarithm of the variance of the four-neighbour Laplacian
 * - `noise`: standard deviation of the noise, greys
 * - `head`: the share of the picture that was taken for the head and looked at, 0–1
 */
export type InputStatistics = Record<Statistic, number>

/** Where the bins of the longer side of a picture begin, px: what scanners and exports commonly give. */
export const SIDES = [129, 257, 385, 513, 769, 1025] as const
