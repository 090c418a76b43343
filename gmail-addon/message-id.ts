/**
 * The id as the Gmail API writes it, 16 hex digits. Gmail's own pages and some events say `msg-f:<decimal>`; a draft's
 * `msg-a:...` has no such form and stays as it is.
 */
export function hexMessageId(id: string): string {
  const decimal = /^#?msg-f:(\d{1,20})$/.exec(id)?.[1];
  return decimal === undefined ? id : BigInt(decimal).toString(16);
}
