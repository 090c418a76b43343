import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Labelled, readManifest } from './manifest.ts';
import type { Peer } from './peers.ts';

/** Trained on another folder, phish against clean and bulk, spam left out; then it names a probability for each mail. */
export const bogofilter: Peer = {
  name: 'bogofilter, trained',
  program: 'bogofilter',
  async run(mails, { train }, say) {
    if (train === null) {
      say('learns only from mail: name another folder with --train');
      return null;
    }
    const measured = new Set(mails.map(({ file }) => file));
    const learnt = readManifest(train).filter(({ file }) => !measured.has(file));
    const home = mkdtempSync(join(tmpdir(), 'reelback-bogofilter-'));
    const bogo = (args: string[], files: readonly Labelled[]) =>
      spawnSync('bogofilter', ['-d', home, ...args], {
        input: files.map(({ file }) => file).join('\n'),
        encoding: 'latin1',
        maxBuffer: 1 << 28,
      });
    try {
      bogo(
        ['-s', '-b'],
        learnt.filter(({ label }) => label === 'phish'),
      );
      bogo(
        ['-n', '-b'],
        learnt.filter(({ label }) => label === 'clean' || label === 'bulk'),
      );
      const started = performance.now();
      const { stdout } = bogo(['-v', '-b'], mails);
      const seconds = (performance.now() - started) / 1000;
      const wanted = new Map(mails.map((mail) => [mail.file, mail]));
      const scored = stdout.split('\n').flatMap((line) => {
        const [, file, score] = /^(.+?) (?:X-Bogosity: )?\w+, .*spamicity=([\d.]+)/.exec(line) ?? [];
        const mail = file === undefined ? undefined : wanted.get(file);
        return mail ? [{ mail, phish: Number(score), spam: Number(score) }] : [];
      });
      if (scored.length > 0) return { scored, seconds };
      say(`said nothing that could be read: ${stdout.slice(0, 200)}`);
      return null;
    } finally {
      rmSync(home, { recursive: true, force: true });
    }
  },
};
