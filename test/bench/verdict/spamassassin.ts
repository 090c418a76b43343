import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort, inParallel, ready, stopped } from './in-parallel.ts';
import type { Peer } from './peers.ts';

/** Rules only (`-L`: no network tests), spamd's own protocol, two children. */
export const spamassassin: Peer = {
  name: 'SpamAssassin, rules',
  program: 'spamd',
  async run(mails, { jobs }, say) {
    const home = mkdtempSync(join(tmpdir(), 'reelback-spamd-'));
    const port = await freePort();
    const children = Math.max(1, jobs);
    const child = spawn(
      'spamd',
      [
        '-L',
        '-x',
        '-p',
        String(port),
        '-i',
        '127.0.0.1',
        '-m',
        String(children),
        '--min-children',
        String(children),
        '-H',
        home,
      ],
      { stdio: 'ignore', env: { ...process.env, HOME: home } },
    );
    try {
      if (!(await ready(() => check(port, Buffer.from('Subject: x\r\n\r\nx\r\n')), 90))) {
        say('did not start');
        return null;
      }
      const started = performance.now();
      const scores = await inParallel(mails, children, ({ file }) => check(port, readFileSync(file)));
      const seconds = ((performance.now() - started) / 1000) * children;
      const scored = mails.flatMap((mail, i) => {
        const score = scores[i];
        return score === null || score === undefined ? [] : [{ mail, phish: score, spam: score }];
      });
      return { scored, seconds };
    } finally {
      await stopped(child);
      rmSync(home, { recursive: true, force: true });
    }
  },
};

/** CHECK of the SPAMC protocol: `Spam: True ; 15.0 / 5.0`. */
function check(port: number, mail: Buffer): Promise<number> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1');
    let answer = '';
    socket.setTimeout(120_000, () => socket.destroy(new Error('no answer')));
    socket.on('connect', () => {
      socket.write(`CHECK SPAMC/1.5\r\nContent-length: ${mail.length}\r\n\r\n`);
      socket.end(mail);
    });
    socket.on('data', (chunk) => {
      answer += chunk.toString('latin1');
    });
    socket.on('error', reject);
    socket.on('close', () => {
      const score = /Spam: \w+ ; (-?[\d.]+) \/ /.exec(answer)?.[1];
      if (score === undefined) reject(new Error('no answer'));
      else resolve(Number(score));
    });
  });
}
