/** Collects distinct 32-bit hashes, at most `most`, and hands them out; a Set of numbers would cost more than the reading. */
export class HashSink {
  private readonly slots: Int32Array;
  private readonly stamps: Uint32Array;
  private readonly found: Uint32Array;
  private readonly mask: number;
  private generation = 0;
  private count = 0;

  /** @param most a power of two; beyond it hashes are dropped */
  constructor(private readonly most: number) {
    this.slots = new Int32Array(2 * most);
    this.stamps = new Uint32Array(2 * most);
    this.found = new Uint32Array(most);
    this.mask = 2 * most - 1;
  }

  start(): void {
    this.generation++;
    this.count = 0;
  }

  add(hash: number): void {
    let at = hash & this.mask;
    while (this.stamps[at] === this.generation) {
      if (this.slots[at] === (hash | 0)) return;
      at = (at + 1) & this.mask;
    }
    if (this.count === this.most) return;
    this.stamps[at] = this.generation;
    this.slots[at] = hash | 0;
    this.found[this.count++] = hash;
  }

  /** What was added since start, in order. */
  take(): Uint32Array {
    return this.found.slice(0, this.count);
  }
}
