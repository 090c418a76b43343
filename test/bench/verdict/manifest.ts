import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** One labelled mail of a folder with manifest.jsonl. */
export interface Labelled {
  /** Absolute. */
  file: string;
  label: 'phish' | 'spam' | 'clean' | 'bulk';
  /** '' where the manifest does not say. */
  sub: string;
  source: string;
  year: string;
  language: string;
  cluster: string;
}

const LABELS: readonly string[] = ['phish', 'spam', 'clean', 'bulk'];

/**
 * Mails of the manifest whose label counts: forwarded reports are on neither side.
 * @throws Error when there is no manifest, or nothing in it
 */
export function readManifest(dir: string): Labelled[] {
  const path = join(dir, 'manifest.jsonl');
  if (!existsSync(path)) throw new Error(`${dir} has no manifest.jsonl: one JSON object a line with file and label`);
  const mails: Labelled[] = [];
  for (const line of readFileSync(path, 'utf8').split('\n')) {
    if (line.trim() === '') continue;
    const row = JSON.parse(line) as Record<string, unknown>;
    const word = (name: string) => (row[name] === undefined || row[name] === null ? '' : String(row[name]));
    const label = word('label') || (word('file').split('/')[0] ?? '');
    if (!LABELS.includes(label)) continue;
    mails.push({
      file: resolve(dir, word('file')),
      label: label as Labelled['label'],
      sub: word('sub'),
      source: word('source'),
      year: word('year'),
      language: word('lang'),
      cluster: word('cluster'),
    });
  }
  if (mails.length === 0) throw new Error(`${path} names no phish, spam, clean or bulk mail`);
  return mails;
}

/** Every n-th mail of each label, at most `most` of one, in the order of the manifest: the same ones each time. */
export function sampleOf(mails: readonly Labelled[], most: number): Labelled[] {
  return LABELS.flatMap((label) => {
    const own = mails.filter((mail) => mail.label === label);
    const step = Math.max(1, own.length / most);
    return Array.from({ length: Math.min(most, own.length) }, (_, i) => own[Math.floor(i * step)] as Labelled);
  });
}
