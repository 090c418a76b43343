/** Slots at first: what an ordinary mail needs stays in the nearest cache. */
const FEWEST_SLOTS = 1024;

/** Collects distinct 32-bit hashes, at most `most`, and hands them out; a Set of numbers would cost more than the reading. */
export class HashSink {
  /** Two values a slot: whose generation it is of, and the hash. */
  private slots: Int32Array;
  private readonly found: Uint32Array;
  private mask: number;
  private generation = 0;
  private count = 0;

  /** @param most a power of two; beyond it hashes are dropped */
  constructor(private readonly most: number) {
    this.mask = Math.min(2 * most, FEWEST_SLOTS) - 1;
    this.slots = new Int32Array(2 * (this.mask + 1));
    this.found = new Uint32Array(most);
  }

  start(): void {
    this.generation = (this.generation + 1) | 0;
    this.count = 0;
    this.mask = Math.min(2 * this.most, FEWEST_SLOTS) - 1;
  }

  /** Whether it is new. */
  add(hash: number): boolean {
    const { slots, mask, generation } = this;
    const own = hash | 0;
    let at = hash & mask;
    while (slots[2 * at] === generation) {
      if (slots[2 * at + 1] === own) return false;
      at = (at + 1) & mask;
    }
    if (this.count === this.most) return false;
    slots[2 * at] = generation;
    slots[2 * at + 1] = own;
    this.found[this.count++] = hash;
    if (2 * this.count > mask && this.count < this.most) this.grow();
    return true;
  }

  has(hash: number): boolean {
    const { slots, mask, generation } = this;
    const own = hash | 0;
    for (let at = hash & mask; slots[2 * at] === generation; at = (at + 1) & mask)
      if (slots[2 * at + 1] === own) return true;
    return false;
  }

  /** What was added since start, in order. */
  take(): Uint32Array {
    return this.found.slice(0, this.count);
  }

  private grow(): void {
    this.mask = 2 * this.mask + 1;
    if (this.slots.length < 2 * (this.mask + 1)) this.slots = new Int32Array(2 * (this.mask + 1));
    this.generation = (this.generation + 1) | 0;
    const { slots, mask, generation, found } = this;
    for (let i = 0; i < this.count; i++) {
      const own = found[i] as number;
      let at = own & mask;
      while (slots[2 * at] === generation) at = (at + 1) & mask;
      slots[2 * at] = generation;
      slots[2 * at + 1] = own | 0;
    }
  }
}
