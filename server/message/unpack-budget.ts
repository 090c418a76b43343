/** How much may be unpacked for one mail, all its attachments and all nesting together. */

const MAX_UNPACKED = 100 * 1024 * 1024;

export class UnpackBudget {
  /** Bytes. */
  left = MAX_UNPACKED;

  /**
   * Runs an unpacker with the room that is left, at most `limit` bytes; null when it fails, needs more, or nothing is left.
   * What failed for its size is charged as if it had been unpacked, because the work was done.
   */
  unpack(limit: number, unpacker: (maxOutputLength: number) => Buffer): Buffer | null {
    const room = Math.min(limit, this.left);
    if (room <= 0) return null;
    try {
      const bytes = unpacker(room);
      this.left -= bytes.length;
      return bytes;
    } catch (error) {
      this.left -= error instanceof RangeError ? room : 1_024;
      return null;
    }
  }
}
