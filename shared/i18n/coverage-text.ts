import { languageOf } from './language.ts';

/** What a verdict could not look at, each as a plain sentence; the words are those of `coverage_missing`. */
const ENGLISH: Readonly<Record<string, string>> = {
  attachment_contents: 'Some attachments could not be looked into: damaged, nested too deep or too large.',
  campaign: 'It was not compared with what others have reported.',
  crash: 'Reading the message stopped with an error: only its head was judged.',
  crawl: 'Nobody has looked at the pages its links lead to.',
  dkim_key: 'The key of a signature is no longer published, so the signature could not be checked.',
  dmarc: 'What DMARC says of the sender’s domain is not known.',
  dns: 'Name servers did not answer, so the sender could not be fully checked.',
  memory_budget: 'Reading the message took too much memory: only its head was judged.',
  message_contents: 'Part of the message was not read.',
  ocr: 'The message is only pictures, and text in pictures is not read.',
  original_headers: 'The headers are not those of the original, so the sender could not be checked.',
  qr: 'Not every picture was searched for codes such as QR.',
  rdap: 'When some of its domains were registered is not known.',
  spf: 'Whether SPF allows the sending server is not known.',
  time_budget: 'Reading the message took too long: only its head was judged.',
};

const GERMAN: Readonly<Record<string, string>> = {
  attachment_contents: 'In manche Anhänge war kein Blick möglich: beschädigt, zu tief verschachtelt oder zu groß.',
  campaign: 'Sie wurde nicht mit dem verglichen, was andere gemeldet haben.',
  crash: 'Das Lesen der Nachricht brach mit einem Fehler ab: Nur ihr Kopf wurde beurteilt.',
  crawl: 'Die Seiten, zu denen ihre Links führen, hat niemand angesehen.',
  dkim_key: 'Der Schlüssel einer Signatur ist nicht mehr veröffentlicht: Sie ließ sich nicht prüfen.',
  dmarc: 'Was DMARC über die Domain des Absenders sagt, ist nicht bekannt.',
  dns: 'Nameserver haben nicht geantwortet: Der Absender ließ sich nicht ganz prüfen.',
  memory_budget: 'Das Lesen der Nachricht brauchte zu viel Speicher: Nur ihr Kopf wurde beurteilt.',
  message_contents: 'Ein Teil der Nachricht wurde nicht gelesen.',
  ocr: 'Die Nachricht besteht nur aus Bildern, und Text in Bildern wird nicht gelesen.',
  original_headers: 'Die Kopfzeilen sind nicht die des Originals: Der Absender ließ sich nicht prüfen.',
  qr: 'Nicht alle Bilder wurden nach Codes wie QR abgesucht.',
  rdap: 'Wann manche ihrer Domains registriert wurden, ist nicht bekannt.',
  spf: 'Ob SPF den sendenden Server erlaubt, ist nicht bekannt.',
  time_budget: 'Das Lesen der Nachricht dauerte zu lange: Nur ihr Kopf wurde beurteilt.',
};

/**
 * One word of `coverage_missing` as a sentence; a word that is not known here stays as it is rather than vanish.
 * @param language BCP 47 tag or Accept-Language field
 */
export function coverageText(gap: string, language: string): string {
  const words = languageOf(language) === 'de' ? GERMAN : ENGLISH;
  return (Object.hasOwn(words, gap) && words[gap]) || gap;
}
