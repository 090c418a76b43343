/** What may be trusted about who sent a mail. Made by authentication.ts; RFC 8601 result words. */
export type ResultWord = 'pass' | 'fail' | 'softfail' | 'neutral' | 'none' | 'temperror' | 'permerror';

export interface Authentication {
  /** One word for the procedure, see "authentication state": unaligned = no DMARC record, nothing aligned and SPF or DKIM failed. */
  state: 'pass' | 'fail' | 'fail_enforced' | 'unaligned' | 'none' | 'unknown';
  spf: { result: ResultWord; domain: string | null } | null;
  dkim: { result: ResultWord; domain: string | null }[];
  dmarc: { result: ResultWord; domain: string | null; policy: 'none' | 'quarantine' | 'reject' | null } | null;
  /** Where the words come from. */
  source: 'trusted_header' | 'recomputed' | 'none';
  /** RFC 5321.MailFrom, when known; registrable domain differs from RFC 5322.From and no exception applies. */
  mismatch: boolean | 'unknown';
  /** What could not be checked: `dns`, `dkim_key` (gone, and the mail is old), `dmarc`, `original_headers`, `spf`. */
  missing: string[];
  /** The hop at which the mail came in from outside, as our own receivers wrote it; absent when none of them can be told. */
  client?: { ip: string | null; name: string | null };
}
