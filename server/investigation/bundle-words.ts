/** The README of an evidence bundle. */
import type { Language } from '../../shared/i18n/language.ts';

interface Told {
  id: string;
  /** RFC 3339 UTC. */
  at: string;
  mailKept: boolean;
  files: readonly string[];
}

const FILES_EN: Record<string, string> = {
  'message.eml': 'the mail as it was judged, byte for byte (RFC 5322). Handle with care: it may be harmful.',
  'message.json': 'what is known of the mail: sender, recipients, links (defanged), attachments with SHA-256',
  'verdicts.json': 'every verdict with the evidence and opinions it was concluded from: enough to replay it',
  'findings.json': 'the findings of the newest verdict, in words',
  'decisions.json': 'what people decided about the mail',
  'submissions.json': 'the reports',
  'retractions.json': 'what was asked to be taken back, and how far it is',
  'actions.csv': 'every copy in every mailbox: where it lay, what was done, when, and the id of the request',
  'timeline.jsonl': 'lines of the audit log about this case, with their place and hash in the chain',
};

const FILES_DE: Record<string, string> = {
  'message.eml': 'die Mail, wie sie beurteilt wurde, Byte für Byte (RFC 5322). Vorsicht: Sie kann schädlich sein.',
  'message.json': 'was von der Mail bekannt ist: Absender, Empfänger, Links (entschärft), Anhänge mit SHA-256',
  'verdicts.json': 'jedes Urteil mit den Hinweisen und Stimmen, auf denen es beruht: genug, um es nachzurechnen',
  'findings.json': 'die Hinweise des neuesten Urteils in Worten',
  'decisions.json': 'was Menschen über die Mail entschieden haben',
  'submissions.json': 'die Meldungen',
  'retractions.json': 'was zurückgeholt werden sollte und wie weit das ist',
  'actions.csv': 'jede Kopie in jedem Postfach: wo sie lag, was wann mit ihr geschah, und die Kennung der Anfrage',
  'timeline.jsonl': 'Zeilen des Protokolls zu diesem Fall mit Platz und Prüfsumme in der Kette',
};

const listed = (files: readonly string[], texts: Record<string, string>) =>
  files.map((name) => `${name}\n    ${texts[name] ?? ''}`).join('\n');

export const BUNDLE_WORDS: Record<Language, { readme: (told: Told) => string }> = {
  en: {
    readme: ({ id, at, mailKept, files }) => `Evidence of ${id}
Put together by Reelback at ${at}.

${listed(files, FILES_EN)}
${mailKept ? '' : '\nThe bytes of the mail are not kept (any more), so message.eml is missing.\n'}
manifest.json has the size and the SHA-256 of every other file. The SHA-256 of manifest.json itself stands in the
audit log, in the line that says who downloaded this bundle; "reelback audit verify" checks that log.

People stand in timeline.jsonl as pseudonyms. All times are UTC.
`,
  },
  de: {
    readme: ({ id, at, mailKept, files }) => `Beweismittel zu ${id}
Zusammengestellt von Reelback am ${at}.

${listed(files, FILES_DE)}
${mailKept ? '' : '\nDie Bytes der Mail sind nicht (mehr) aufbewahrt, deshalb fehlt message.eml.\n'}
In manifest.json stehen Größe und SHA-256 jeder anderen Datei. Der SHA-256 von manifest.json selbst steht im Protokoll,
in der Zeile, die sagt, wer dieses Paket heruntergeladen hat; "reelback audit verify" prüft dieses Protokoll.

Menschen stehen in timeline.jsonl unter Pseudonymen. Alle Zeiten sind UTC.
`,
  },
};
