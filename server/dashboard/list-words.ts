import type { Language } from '../../shared/i18n/language.ts';

export type ListName =
  | 'allow_policies'
  | 'block_senders'
  | 'trusted_domains'
  | 'impersonation_registry'
  | 'simulations'
  | 'protected_mailboxes';

/** Words of the lists of policies. */
export interface ListWords {
  titles: Record<ListName, readonly [title: string, lead: string]>;
  value: Record<ListName, string>;
  addresses: string;
  headerName: string;
  headerValue: string;
  kind: string;
  kinds: Record<string, string>;
  trust: Record<'trusted' | 'acceptable', string>;
  floor: string;
  recent: string;
  similarity: string;
  comment: string;
  add: string;
  remove: (value: string) => string;
  empty: string;
  exportCsv: string;
  importCsv: string;
  imported: (added: number, changed: number, unchanged: number) => string;
  wrongLine: (line: number, detail: string) => string;
}

const en: ListWords = {
  titles: {
    allow_policies: [
      'Allowed senders',
      'Their proven mail is never taken back on a report; the verdict is still shown. Confirmed cases are taken back all the same.',
    ],
    block_senders: ['Blocked senders', 'The least that a match makes of a mail, without further proof.'],
    trusted_domains: ['Trusted domains', 'Whether they look like another name, or are new, is no sign against them.'],
    impersonation_registry: ['Protected names', 'Whoever uses one of these names from another address is an impostor.'],
    simulations: [
      'Exercises',
      'Your own phishing exercises. Who reports one is praised, and nothing is taken back. Proven by a signing domain or an IP range.',
    ],
    protected_mailboxes: ['Protected mailboxes', 'Copies in them move only when a person approves.'],
  },
  value: {
    allow_policies: 'Address, domain or IP range',
    block_senders: 'Address, domain, IP range, SHA-256 or pattern',
    trusted_domains: 'Domain',
    impersonation_registry: 'Name as mail shows it',
    simulations: 'Signing domain or IP range',
    protected_mailboxes: 'Address',
  },
  addresses: 'Their real addresses',
  headerName: 'Header besides (optional)',
  headerValue: 'Its value (optional)',
  kind: 'What it is',
  kinds: {
    '': 'Tell from the value',
    address: 'Address',
    domain: 'Domain',
    ip: 'IP range',
    server_name: 'Server name',
    url_host: 'Host of links',
    sha256: 'SHA-256',
    pattern: 'Pattern (RE2)',
  },
  trust: { trusted: 'Take nothing back', acceptable: 'Let spam, spoof and bulk pass' },
  floor: 'Makes it at least',
  recent: 'may be new',
  similarity: 'may look like others',
  comment: 'Why (optional)',
  add: 'Add',
  remove: (value) => `Remove ${value}`,
  empty: 'None.',
  exportCsv: 'Export CSV',
  importCsv: 'Import CSV',
  imported: (added, changed, unchanged) => `${added} added, ${changed} changed, ${unchanged} as they were.`,
  wrongLine: (line, detail) => `Line ${line}: ${detail}`,
};

const de: ListWords = {
  titles: {
    allow_policies: [
      'Erlaubte Absender',
      'Ihre bewiesene Mail wird nie auf eine Meldung hin zurückgeholt; das Urteil wird trotzdem gezeigt. Bestätigte Fälle werden dennoch zurückgeholt.',
    ],
    block_senders: ['Gesperrte Absender', 'Das Mindeste, was ein Treffer aus einer Mail macht, ohne weiteren Beweis.'],
    trusted_domains: [
      'Vertraute Domains',
      'Dass sie einem anderen Namen ähneln oder neu sind, spricht nicht gegen sie.',
    ],
    impersonation_registry: [
      'Geschützte Namen',
      'Wer einen dieser Namen von einer anderen Adresse aus benutzt, gibt sich als jemand anderes aus.',
    ],
    simulations: [
      'Übungen',
      'Ihre eigenen Phishing-Übungen. Wer eine meldet, wird gelobt, und nichts wird zurückgeholt. Bewiesen durch eine signierende Domain oder einen IP-Bereich.',
    ],
    protected_mailboxes: ['Geschützte Postfächer', 'Kopien darin bewegen sich nur, wenn ein Mensch zustimmt.'],
  },
  value: {
    allow_policies: 'Adresse, Domain oder IP-Bereich',
    block_senders: 'Adresse, Domain, IP-Bereich, SHA-256 oder Muster',
    trusted_domains: 'Domain',
    impersonation_registry: 'Name, wie ihn eine Mail zeigt',
    simulations: 'Signierende Domain oder IP-Bereich',
    protected_mailboxes: 'Adresse',
  },
  addresses: 'Ihre echten Adressen',
  headerName: 'Kopfzeile außerdem (freiwillig)',
  headerValue: 'Ihr Wert (freiwillig)',
  kind: 'Was es ist',
  kinds: {
    '': 'Am Wert erkennen',
    address: 'Adresse',
    domain: 'Domain',
    ip: 'IP-Bereich',
    server_name: 'Servername',
    url_host: 'Host von Links',
    sha256: 'SHA-256',
    pattern: 'Muster (RE2)',
  },
  trust: { trusted: 'Nichts zurückholen', acceptable: 'Spam, Fälschung und Massenmail durchlassen' },
  floor: 'Macht daraus mindestens',
  recent: 'darf neu sein',
  similarity: 'darf anderen ähneln',
  comment: 'Warum (freiwillig)',
  add: 'Hinzufügen',
  remove: (value) => `${value} entfernen`,
  empty: 'Keine.',
  exportCsv: 'CSV exportieren',
  importCsv: 'CSV importieren',
  imported: (added, changed, unchanged) => `${added} hinzugefügt, ${changed} geändert, ${unchanged} wie sie waren.`,
  wrongLine: (line, detail) => `Zeile ${line}: ${detail}`,
};

export const LIST_WORDS: Record<Language, ListWords> = { en, de };
