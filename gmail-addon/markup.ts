/** C0 and C1 controls, and the characters that turn the direction of what follows: the sender's way to fake a line. */
const UNSEEN = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

/** For fields that Gmail shows as they are: titles, buttons, names of choices. */
export function plain(text: string): string {
  return text.replace(/[\t\n\r]+/g, ' ').replace(UNSEEN, '');
}

/** For fields in which Gmail reads a subset of HTML: every character stands for itself. */
export function escaped(text: string): string {
  return plain(text)
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/"/g, '&quot;')
    .replace(/'/g, '&#39;');
}
