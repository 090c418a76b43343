/** windows-1252 by our own table: TextDecoder of some Node 20 and 22 releases decodes it as ISO 8859-1. */

/** 0x80 to 0x9F; five of them are not assigned and stay control characters. */
const HIGH = '€\x81‚ƒ„…†‡ˆ‰Š‹Œ\x8dŽ\x8f\x90‘’“”•–—˜™š›œ\x9džŸ';

/** @param latin1 one character a byte */
export function fromWindows1252(latin1: string): string {
  return latin1.replace(/[\x80-\x9f]/g, (char) => HIGH[char.charCodeAt(0) - 0x80] as string);
}
