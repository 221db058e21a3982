/** How long a piece of work in stages will still take, from how quick its present stage was so far. */
export class SecondsLeft {
  #stage = ''
  #since = 0
  #from = 0

  /** Null while there is nothing to judge by. */
  at(stage: string, done: number, total: number): number | null {
    if (stage !== this.#stage) {
      this.#stage = stage
      this.#since = Date.now()
      this.#from = done
    }
    const gone = done - this.#from
    return gone > 0 ? ((Date.now() - this.#since) / 1000 / gone) * (total - done) : null
  }
}
