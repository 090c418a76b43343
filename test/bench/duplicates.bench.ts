/**
 * Which mails are held for copies of one mail, for mails of one campaign, or for similar: generated campaigns in the forms
 * that recipients and gateways give them, and pairs of different mails, which must never match. With REELBACK_CORPUS (a
 * folder with manifest.jsonl) also the real mails there, by the clusters that its makers found.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { bandsOf } from '../../server/message/bands.ts';
import { type CampaignPrint, campaignPrintOf, sameCampaign } from '../../server/message/campaign.ts';
import { campaignSimilarity, type Fingerprint, fingerprintOf, sameMail } from '../../server/message/fingerprint.ts';
import { parseMessage } from '../../server/message/parse.ts';
import { chanceOf, mailOf, type Person, people, sentence, story, type Variation } from './generated-campaign.ts';

export const name = 'duplicates: same mail, same campaign, similar';

const STORIES = 60;
const RECIPIENTS = 12;
const ISSUES = 40;
const NEAR = 0.8;

interface Print {
  id: string;
  mail: Fingerprint;
  campaign: CampaignPrint;
  cluster: string;
}

async function printOf(id: string, raw: Uint8Array, own: readonly string[], cluster = id): Promise<Print> {
  const message = await parseMessage(raw);
  const recipients = own.length > 0 ? own : message.to.slice(0, 1).map((one) => one.address);
  return { id, mail: fingerprintOf(message), campaign: campaignPrintOf(message, recipients), cluster };
}

interface Counted {
  pairs: number;
  mail: number;
  campaign: number;
  similar: number;
  /** Of the similar ones, those that share an LSH band and would be found. */
  indexed: number;
}

const none = (): Counted => ({ pairs: 0, mail: 0, campaign: 0, similar: 0, indexed: 0 });

function count(into: Counted, judged: Print, other: Print): void {
  into.pairs++;
  if (sameMail(judged.mail, other.mail).same) into.mail++;
  if (sameCampaign(judged.campaign, other.campaign).same) into.campaign++;
  if (campaignSimilarity(judged.campaign.print, other.campaign.print) < NEAR) return;
  into.similar++;
  if (sharesBand(judged, other)) into.indexed++;
}

function sharesBand(a: Print, b: Print): boolean {
  const bands = new Set(bandsOf(a.campaign.print.minHash));
  return bandsOf(b.campaign.print.minHash).some((band) => bands.has(band));
}

/** What a copy in another mailbox looks like, and whether it should count as the campaign's. */
const FORMS: [string, (at: number) => Variation][] = [
  ['name, number, id and token of the recipient', () => ({})],
  ['another transfer encoding', (at) => ({ encoding: at % 2 ? 'quoted-printable' : '8bit' })],
  ['Safe Links, tag and banner of a gateway', () => ({ gateway: true })],
  ['a disclaimer below', () => ({ footer: true })],
  ['a blind copy, no recipient in the header', () => ({ blind: true })],
];
const CHANGES: [string, (at: number, other: string) => Variation][] = [
  ['one sentence is another', (_, other) => ({ sentence: other })],
  ['the link leads to another host', (at) => ({ host: `elsewhere-${at}.example` })],
  ['another attachment', (at) => ({ attachment: `%PDF-1.4 another ${at}` })],
];

interface Row extends Counted {
  what: string;
}

async function generated(): Promise<{ same: Row[]; copies: Row[]; changed: Row[]; across: Counted }> {
  const chance = chanceOf(20_261_120);
  const stories = Array.from({ length: STORIES }, (_, at) => story(chance, at));
  const persons = people(chance, RECIPIENTS);
  const row = (what: string): Row => ({ what, ...none() });
  const copies = FORMS.slice(1).map(([what]) => row(what));
  const same = FORMS.map(([what]) => row(what));
  const changed = CHANGES.map(([what]) => row(what));
  const across = none();
  const heads: Print[] = [];
  for (const [at, one] of stories.entries()) {
    const [first, ...others] = persons as [Person, ...Person[]];
    const make = (to: Person, variation: Variation, seed = Math.floor(chance() * 2 ** 31)) =>
      printOf(`${at}`, mailOf(one, to, chanceOf(seed), variation), [to.address]);
    const judged = await make(first, {}, at);
    heads.push(judged);
    for (const [form, [, variation]] of FORMS.slice(1).entries()) {
      // The same seed: the same mail, as a gateway or another host wrote it down.
      count(copies[form]!, judged, await make(first, variation(at), at));
    }
    for (const other of others) {
      for (const [form, [, variation]] of FORMS.entries()) count(same[form]!, judged, await make(other, variation(at)));
      for (const [change, [, variation]] of CHANGES.entries()) {
        count(changed[change]!, judged, await make(other, variation(at, sentence(chance))));
      }
    }
  }
  for (const [at, a] of heads.entries()) for (const b of heads.slice(at + 1)) count(across, a, b);
  return { same, copies, changed, across };
}

/** Issues of one newsletter: one sender, one frame, other stories. */
async function newsletters(): Promise<Counted> {
  const chance = chanceOf(7);
  const [reader] = people(chance, 1) as [Person];
  const frame = {
    ...story(chance, 1),
    subject: 'The weekly letter {number}',
    greeting: 'Dear {name},',
    attachment: null,
  };
  const issues: Print[] = [];
  for (let at = 0; at < ISSUES; at++) {
    const sentences = [...frame.sentences.slice(0, 3), ...Array.from({ length: 5 }, () => sentence(chance))];
    issues.push(await printOf(`${at}`, mailOf({ ...frame, sentences }, reader, chance), [reader.address]));
  }
  const counted = none();
  for (const [at, a] of issues.entries()) for (const b of issues.slice(at + 1)) count(counted, a, b);
  return counted;
}

async function fixtures(): Promise<Counted> {
  const folder = 'test/fixtures/mail';
  const names = readdirSync(folder).filter((file) => file.endsWith('.eml'));
  const prints = await Promise.all(names.map((file) => printOf(file, readFileSync(join(folder, file)), [])));
  const counted = none();
  for (const [at, a] of prints.entries()) for (const b of prints.slice(at + 1)) count(counted, a, b);
  return counted;
}

interface Corpus {
  mails: number;
  within: Counted;
  across: Counted & { examples: string[] };
  comparable: number;
}

/** Every pair that could match: only mails with the same sender and subject, or with a band in common, can. */
async function corpus(folder: string): Promise<Corpus> {
  const lines = readFileSync(join(folder, 'manifest.jsonl'), 'utf8')
    .split('\n')
    .filter((line) => line !== '');
  const prints: Print[] = [];
  for (const line of lines) {
    const { file, cluster } = JSON.parse(line) as { file: string; cluster?: string | number };
    prints.push(await printOf(file, readFileSync(join(folder, file)), [], String(cluster ?? file)));
  }
  const within = none();
  const across = { ...none(), examples: [] as string[] };
  for (const group of groupsOf(prints, (print) => [print.cluster])) {
    for (const [at, a] of group.entries()) for (const b of group.slice(at + 1)) count(within, a, b);
  }
  const seen = new Set<string>();
  const keys = (print: Print) => [
    print.campaign.key,
    `${print.mail.from} ${print.mail.subject}`,
    ...bandsOf(print.campaign.print.minHash).map((band, at) => `${at}:${band}`),
  ];
  for (const group of groupsOf(prints, keys)) {
    for (const [at, a] of group.entries()) {
      for (const b of group.slice(at + 1)) {
        const pair = a.id < b.id ? `${a.id} ${b.id}` : `${b.id} ${a.id}`;
        if (a.cluster === b.cluster || seen.has(pair)) continue;
        seen.add(pair);
        const before = across.mail + across.campaign;
        count(across, a, b);
        if (across.mail + across.campaign > before && across.examples.length < 50) across.examples.push(pair);
      }
    }
  }
  return { mails: prints.length, within, across, comparable: seen.size };
}

function groupsOf(prints: readonly Print[], keysOf: (print: Print) => string[]): Print[][] {
  const groups = new Map<string, Print[]>();
  for (const print of prints) {
    for (const key of keysOf(print)) groups.set(key, [...(groups.get(key) ?? []), print]);
  }
  return [...groups.values()].filter((group) => group.length > 1);
}

export async function run({ log }: { log: (line: string) => void }) {
  log(`${STORIES} generated campaigns, ${RECIPIENTS} recipients each`);
  const made = await generated();
  const letters = await newsletters();
  const different = await fixtures();
  const folder = process.env.REELBACK_CORPUS;
  if (folder) log('the corpus');
  const real = folder ? await corpus(folder) : null;
  const share = (part: number, { pairs }: Counted) => `${((100 * part) / Math.max(pairs, 1)).toFixed(1)} %`;
  const line = (what: string, counted: Counted) =>
    `  ${what.padEnd(46)}${String(counted.pairs).padStart(8)}${share(counted.mail, counted).padStart(11)}${share(counted.campaign, counted).padStart(11)}${share(counted.similar, counted).padStart(11)}`;
  const exact = (what: string, { pairs, mail, campaign, similar }: Counted) =>
    `  ${what.padEnd(46)}${String(pairs).padStart(8)}${String(mail).padStart(11)}${String(campaign).padStart(11)}${String(similar).padStart(11)}`;
  const table = [
    `  ${''.padEnd(46)}${'pairs'.padStart(8)}${'same mail'.padStart(11)}${'campaign'.padStart(11)}${'similar'.padStart(11)}`,
    'The same mail in the same mailbox, as it was rewritten (should be the same mail)',
    ...made.copies.map((row) => line(row.what, row)),
    'The mail of another recipient of the campaign (should be the campaign)',
    ...made.same.map((row) => line(row.what, row)),
    'Not quite the campaign (should be similar at most)',
    ...made.changed.map((row) => line(row.what, row)),
    'Different mails (should be nothing; number of pairs)',
    exact('generated campaigns with one another', made.across),
    exact('issues of one newsletter', letters),
    exact('fixtures', different),
    ...(real
      ? [
          `Corpus, ${real.mails} mails`,
          line('within a cluster of its makers', real.within),
          exact('across clusters, pairs that can match', real.across),
        ]
      : []),
  ].join('\n');
  return { table, json: { generated: made, newsletters: letters, fixtures: different, corpus: real } };
}
