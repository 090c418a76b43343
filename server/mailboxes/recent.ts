/** A map that forgets: entries older than `keepMs`, and beyond `most` the one used longest ago. */
export class Recent<K, V> {
  readonly #entries = new Map<K, { value: V; until: number }>();

  constructor(
    private readonly keepMs: number,
    private readonly most: number,
    private readonly now: () => number,
  ) {}

  get(key: K): V | undefined {
    const entry = this.#entries.get(key);
    if (!entry) return undefined;
    this.#entries.delete(key);
    if (entry.until <= this.now()) return undefined;
    // Back in at the end: a Map iterates in order of insertion, so the first is the one used longest ago.
    this.#entries.set(key, entry);
    return entry.value;
  }

  set(key: K, value: V): void {
    this.#entries.delete(key);
    this.#entries.set(key, { value, until: this.now() + this.keepMs });
    if (this.#entries.size > this.most) this.#entries.delete(this.#entries.keys().next().value as K);
  }

  delete(key: K): void {
    this.#entries.delete(key);
  }
}
