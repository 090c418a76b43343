/** Characters that turn the reading order, hide or join (Unicode TR36, section 2.8): a mail uses them to lie. */
const UNSEEN =
  /[\u0000-\u0008\u000B-\u001F\u007F-\u009F\u00AD\u061C\u180E\u200B-\u200F\u2028-\u202E\u2060-\u2069\uFEFF]/g;

/** Text of a mail as it is: what would be invisible is named, so that `gnp.exe` does not read as `exe.png`. */
export function visible(text: string): string {
  return text.replace(UNSEEN, (hidden) => `⟨U+${hidden.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}⟩`);
}
