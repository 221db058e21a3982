/** Viridis (Smith and van der Walt 2015), ten stops: told apart by all kinds of colour vision, and by lightness alone. */
export const VIRIDIS_STOPS = '440154 482878 3E4A89 31688E 26828E 1F9E89 35B779 6DCD59 B4DE2C FDE725'.split(' ')

const COLOURS = VIRIDIS_STOPS.map(
  (hex) => [0, 2, 4].map((at) => Number.parseInt(hex.slice(at, at + 2), 16)) as [number, number, number],
)

/**
 * @param value 0–1
 * @returns red, green and blue, 0–255
 */
export function viridis(value: number): [number, number, number] {
  const at = Math.min(1, Math.max(0, value)) * (COLOURS.length - 1)
  const low = Math.min(COLOURS.length - 2, Math.floor(at))
  const [from, to] = [COLOURS[low], COLOURS[low + 1]] as [[number, number, number], [number, number, number]]
  return [0, 1, 2].map((i) =>
    Math.round((from[i] as number) + ((to[i] as number) - (from[i] as number)) * (at - low)),
  ) as [number, number, number]
}
