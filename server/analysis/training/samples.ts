import { relative, resolve } from 'node:path';
import type { Message } from '../../message/message.ts';
import { parseMessage } from '../../message/parse.ts';
import type { Sample } from '../model/sample.ts';
import { observe } from '../observe.ts';
import { withoutAuthentication } from '../unauthenticated.ts';
import { originalsOf } from './originals.ts';
import { writtenMails } from './written/compose.ts';

/** What the manifest says of a mail. */
export interface Facts {
  cluster: string;
  source: string;
  sub: string;
  year: string;
  language: string;
}

/** @param text one JSON object a line with `file` relative to the manifest's path @throws SyntaxError for a line that is none */
export function readManifest(path: string, text: string): Map<string, Facts> {
  const facts = new Map<string, Facts>();
  for (const line of text.split('\n')) {
    if (line.trim() === '') continue;
    const row = JSON.parse(line) as Record<string, unknown>;
    const word = (name: string) => (row[name] === undefined ? '' : String(row[name]));
    facts.set(resolve(path, '..', word('file')), {
      cluster: word('cluster'),
      source: word('source'),
      sub: word('sub'),
      year: word('year'),
      language: word('lang'),
    });
  }
  return facts;
}

export async function sampleOf(
  file: string,
  raw: Uint8Array,
  { label, role }: Pick<Sample, 'label' | 'role'>,
  facts: ReadonlyMap<string, Facts>,
): Promise<Sample> {
  const message = await parseMessage(raw);
  const known = facts.get(resolve(file));
  return {
    file: relative('.', file),
    label,
    role,
    seen: seenOf(message),
    cluster: known?.cluster || message.sha256,
    source: known?.source || resolve(file, '..'),
    sub: known?.sub ?? '',
    year: known?.year ?? '',
    language: known?.language ?? '',
    written: false,
  };
}

/** What people reported as phishing, taken out of their reports. */
export async function originalSamples(file: string, raw: Uint8Array): Promise<Sample[]> {
  const report = await parseMessage(raw);
  const samples: Sample[] = [];
  for (const raw of originalsOf(report)) {
    const message = await parseMessage(new TextEncoder().encode(raw));
    if (message.headerFrom.length === 0) continue;
    const rest = {
      cluster: message.sha256,
      source: 'reports',
      sub: 'reported',
      year: '',
      language: '',
      written: false,
    };
    samples.push({ file: relative('.', file), label: 'malicious', role: 'both', seen: seenOf(message), ...rest });
  }
  return samples;
}

/** Findings that no honest seller's mail has: spam that shows one of them is fraud. */
const FRAUD =
  /^(?:text\.(?:pressure|advance_fee|extortion|bank_change|gift_card|callback\w*)|identity\.(?:brand_name|lookalike_domain|free_mail_brand)|url\.(?:lookalike|brand_\w+|ip_host|userinfo|password_form)|attachment\.(?:executable|archive_executable|html_form))$/;

/** Fraud among the spam is taken as such, by its findings: old collections do not tell the two apart. */
export function fraudAsSuch(sample: Sample): Sample {
  if (sample.label !== 'spam') return sample;
  const fraud = sample.seen.findings.some(({ id }) => FRAUD.test(id));
  return fraud
    ? { ...sample, label: 'malicious', sub: `${sample.sub} (fraud)`, sorted: 'fraud' }
    : { ...sample, sorted: 'rest' };
}

/** How many mails are written for training; more of the same hand teach nothing new. */
const WRITTEN = 7000;

export async function writtenSamples(seed: number): Promise<Sample[]> {
  const samples: Sample[] = [];
  for (const { raw, label, language } of writtenMails(WRITTEN, seed)) {
    const message = await parseMessage(new TextEncoder().encode(raw));
    const rest = { source: 'written', sub: 'written', year: '', language, written: true };
    samples.push({ file: '', label, role: 'learnt', seen: seenOf(message), cluster: message.sha256, ...rest });
  }
  return samples;
}

function seenOf(message: Message): Sample['seen'] {
  return observe(message, withoutAuthentication(message), { now: message.date ?? new Date(0) });
}
