/** Unfolded, trimmed, one pair of angle brackets, case unchanged. */
export function normalMessageId(messageId: string): string {
  const bare = messageId.replace(/[\r\n]+[ \t]*/g, '').trim();
  return `<${bare.replace(/^<+/, '').replace(/>+$/, '')}>`;
}
