const LARGEST = 2n ** 64n;

/**
 * Message ids as clients hand them over: Gmail's pages say `msg-f:` and a decimal number, the API wants it in hex, and
 * takes nothing else. null for what is no id of a received message.
 */
export function apiId(clientId: string): string | null {
  const [, decimal] = /^(?:#?msg-f:)(\d{1,20})$/.exec(clientId) ?? [];
  if (decimal === undefined) return /^[0-9a-f]{1,16}$/i.test(clientId) ? clientId.toLowerCase() : null;
  const id = BigInt(decimal);
  return id > 0n && id < LARGEST ? id.toString(16) : null;
}
