/**
 * The images (by index) that are drawn together: those of one group; an image without a group is alone. Without groups
 * each image is alone.
 */
export function clusters(n: number, groups?: (string | null)[]): number[][] {
  const found = new Map<string, number[]>()
  const alone: number[][] = []
  for (let i = 0; i < n; i++) {
    const group = groups?.[i] ?? null
    const members = group === null ? undefined : found.get(group)
    if (members) members.push(i)
    else if (group === null) alone.push([i])
    else found.set(group, [i])
  }
  return [...found.values(), ...alone]
}
