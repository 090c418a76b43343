/**
 * The filters that people have today, on the same mails and without network: rspamd and SpamAssassin with their rules,
 * bogofilter trained on another folder. One that is not installed is passed over with a word.
 */
import { spawnSync } from 'node:child_process';
import { bogofilter } from './bogofilter.ts';
import { type Row, rowsOf, rowsText, type Scored } from './figures.ts';
import type { Labelled } from './manifest.ts';
import { rspamd } from './rspamd.ts';
import { spamassassin } from './spamassassin.ts';

export interface PeerRun {
  name: string;
  /** Mails a second and core. */
  rate: number;
  rows: Row[];
}

export interface PeerOptions {
  /** A folder with manifest.jsonl that those that learn are trained on; never the one that is measured. */
  train: string | null;
  jobs: number;
}

export interface Peer {
  name: string;
  /** What must be installed. */
  program: string;
  /** @returns null with a reason in `say` when it cannot run. Scores of mails in any order; `seconds` of one core. */
  run(
    mails: readonly Labelled[],
    options: PeerOptions,
    say: (line: string) => void,
  ): Promise<{ scored: Scored[]; seconds: number } | null>;
}

const PEERS: readonly Peer[] = [rspamd, spamassassin, bogofilter];

export async function runPeers(mails: readonly Labelled[], options: PeerOptions): Promise<PeerRun[]> {
  const runs: PeerRun[] = [];
  for (const peer of PEERS) {
    const say = (line: string) => console.log(`${peer.name}: ${line}`);
    if (spawnSync('sh', ['-c', `command -v ${peer.program}`]).status !== 0) {
      say(`not installed (Debian: apt install ${peer.program})`);
      continue;
    }
    const run = await peer.run(mails, options, say);
    if (!run) continue;
    const rows = rowsOf(run.scored);
    runs.push({ name: peer.name, rate: run.scored.length / run.seconds, rows });
    console.log(
      `\n${peer.name}\n${rowsText(rows.filter(({ slice }) => !/^phish (?:in|against [a-z]+_)/.test(slice)))}`,
    );
  }
  return runs;
}

const WIDTH = 54;

/** Ours over theirs: recall at 1 % false positives by slice, and mails a second and core. */
export function ratiosText(ours: readonly Row[], rate: number, peers: readonly PeerRun[]): string {
  const slices = ours
    .filter(({ slice }) => peers.some(({ rows }) => rows.some((row) => row.slice === slice)))
    .filter(({ slice }) => !/^phish (?:in|against \w*_)/.test(slice));
  const cell = (text: string) => text.padStart(22);
  const head = `${'ours over theirs'.padEnd(WIDTH)}${peers.map(({ name }) => cell(name)).join('')}`;
  const lines = slices.map(({ slice, recall }) => {
    const cells = peers.map(({ rows }) => {
      const theirs = rows.find((row) => row.slice === slice)?.recall[2];
      return cell(theirs === undefined ? '-' : theirs === 0 ? 'they find none' : `${(recall[2] / theirs).toFixed(2)}`);
    });
    return `${`recall at 1 %, ${slice}`.padEnd(WIDTH)}${cells.join('')}`;
  });
  const rates = `${'mails a second and core'.padEnd(WIDTH)}${peers.map((peer) => cell((rate / peer.rate).toFixed(1))).join('')}`;
  return `${[head, ...lines, rates].join('\n')}\n`;
}
