import { exactInterval } from '../../../shared/exact-interval.ts'
import type { Operating, TumourEvaluation } from '../../../shared/tumour-evaluation.ts'
import type { Interval } from './bootstrap.ts'
import type { TumourImages } from './tumour-images.ts'

type Points = Pick<TumourEvaluation, 'sensitivityAtSpecificity' | 'specificityAtSensitivity'>

/** Of all counts, and of the points on the curve; that their thresholds were chosen on the same images is not in it. */
export function exactTumourIntervals({ counts, tumour }: TumourImages, points: Points): Record<string, Interval> {
  const tumours = tumour.filter(Boolean).length
  const ofCounts = [...counts].map(([name, { count }]) => [name, exactInterval(count.n, count.of)] as const)
  const ofPoint = (name: keyof Points, { wanted }: Operating, share: number | null, n: number) =>
    [`${name}.${wanted}`, share === null ? null : exactInterval(Math.round(share * n), n)] as const
  return Object.fromEntries([
    ...ofCounts,
    ...points.sensitivityAtSpecificity.map((point) =>
      ofPoint('sensitivityAtSpecificity', point, point.sensitivity, tumours),
    ),
    ...points.specificityAtSensitivity.map((point) =>
      ofPoint('specificityAtSensitivity', point, point.specificity, tumour.length - tumours),
    ),
  ])
}
