interface Waiting {
  pixels: number
  enter(): void
}

/**
 * Room for so many pixels at a time: small images are decoded many at once, large ones one by one, so that memory stays
 * bounded whatever a folder holds. First come, first served; what is larger than the room has it to itself.
 */
export class Room {
  readonly #size: number
  #taken = 0
  #waiting: Waiting[] = []

  constructor(size: number) {
    this.#size = size
  }

  async hold<T>(pixels: number, work: () => Promise<T>): Promise<T> {
    await new Promise<void>((enter) => {
      this.#waiting.push({ pixels, enter })
      this.#letIn()
    })
    try {
      return await work()
    } finally {
      this.#taken -= pixels
      this.#letIn()
    }
  }

  #letIn(): void {
    for (let next = this.#waiting[0]; next; next = this.#waiting[0]) {
      if (this.#taken > 0 && this.#taken + next.pixels > this.#size) return
      this.#waiting.shift()
      this.#taken += next.pixels
      next.enter()
    }
  }
}
