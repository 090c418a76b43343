/** What a character is to the reader of words. */
export const SPACE = 1;
export const LETTER = 2;
export const DIGIT = 3;
/** Written without spaces between words: each is a word. */
export const IDEOGRAPH = 4;
export const SIGN = 5;
export const APOSTROPHE = 6;
export const EMOJI = 7;
const KINDS: readonly (readonly [number, RegExp])[] = [
  [SPACE, /\s/],
  [IDEOGRAPH, /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}]/u],
  [LETTER, /[\p{L}\p{M}]/u],
  [DIGIT, /\p{N}/u],
  [SIGN, /[$€£¥₹₿!?%#]/],
  [APOSTROPHE, /['’]/],
  [EMOJI, /[\p{Extended_Pictographic}\ud83c-\ud83e]/u],
];

function kindsOfCharacters(): Uint8Array {
  const kinds = new Uint8Array(0x10000);
  for (let code = 0; code < 0x10000; code++) {
    const char = String.fromCharCode(code);
    kinds[code] = KINDS.find(([, pattern]) => pattern.test(char))?.[0] ?? 0;
  }
  // The first halves of the pairs in which pictures are written.
  kinds.fill(EMOJI, 0xd83c, 0xd83f);
  return kinds;
}

/** By UTF-16 unit. Made once: it is asked for every character of every mail. */
export const KIND_OF: Uint8Array = kindsOfCharacters();

/** Letters of other alphabets that look Latin, for words that mix alphabets. By code, 0 for those that do not. */
export const LATIN_LOOK: Uint16Array = (() => {
  const looks = new Uint16Array(0x600);
  const from = 'аеорсухіјѕвнкмтԁԛԝһɡαοινρτυκ';
  const to = 'aeopcyxijsbhkmtdqwhgaoivptuk';
  for (let i = 0; i < from.length; i++) looks[from.charCodeAt(i)] = to.charCodeAt(i);
  return looks;
})();
