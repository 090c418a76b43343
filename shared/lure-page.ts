/** What a form of a page wants to know. */
export const SECRETS = ['password', 'one_time_code', 'card', 'recovery_phrase'] as const;
export type Secret = (typeof SECRETS)[number];

/** Why a link was not looked at, or nothing was seen behind it. */
export const LOOK_FAILURES = [
  // By rule: what a visit could do is worse than not knowing.
  'unsubscribe',
  'one_time',
  'not_web',
  'blocked_host',
  'blocked_port',
  'blocked_address',
  'blocked_redirect',
  // By chance.
  'unresolved',
  'unreachable',
  'tls',
  'timeout',
  'too_many_redirects',
  'bad_answer',
  'refused',
  'not_a_page',
] as const;
export type LookFailure = (typeof LOOK_FAILURES)[number];

/** What a link showed to one look: a GET without scripts, cookies and anything that tells who looks. */
export interface LurePage {
  /** As it stands in the mail. */
  url: string;
  /** Where the page lay after redirects; null when none was seen. */
  finalUrl: string | null;
  failure: LookFailure | null;
  /** At most 300 characters, like every text here. */
  title: string;
  /** Names the page gives itself: site name, first-rank headings, the words of its logo; at most 20. */
  names: string[];
  secrets: Secret[];
  /** Hosts other than its own that its forms with secrets send to; at most 5. */
  postsTo: string[];
}
