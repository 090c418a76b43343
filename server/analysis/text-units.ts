// Scratch space: a typed array is read three times as fast as a string.
let scratch = Buffer.alloc(2 * 8192);
let units = new Uint16Array(scratch.buffer, scratch.byteOffset, 8192);

/** Below this a loop is faster than handing the text over. */
const SHORT = 64;

/** Zeros behind the text, so that one may look ahead. */
const AHEAD = 8;

/** UTF-16 units of a text, eight zeros behind them; valid until the next call. */
export function unitsOf(text: string): Uint16Array {
  const { length } = text;
  if (length + AHEAD > units.length) {
    const room = Math.max(length + AHEAD, 2 * units.length);
    scratch = Buffer.alloc(2 * room);
    units = new Uint16Array(scratch.buffer, scratch.byteOffset, room);
  }
  if (length < SHORT) for (let i = 0; i < length; i++) units[i] = text.charCodeAt(i);
  else scratch.write(text, 'utf16le');
  units.fill(0, length, length + AHEAD);
  return units;
}
