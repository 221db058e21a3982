interface At {
  stage: string
  done: number
  total: number
}

/** Follows work in stages and tells how many seconds the one at hand still takes; null while that cannot be told. */
export function secondsLeft(): (at: At) => number | null {
  let stage = ''
  let startedAt = 0
  let from = 0
  return ({ done, total, ...at }) => {
    if (at.stage !== stage) {
      stage = at.stage
      startedAt = Date.now()
      from = done
    }
    const [spent, n] = [(Date.now() - startedAt) / 1000, done - from]
    return n <= 0 || spent < 1 ? null : (spent / n) * Math.max(0, total - done)
  }
}
