import { spawn, spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort, inParallel, ready, stopped } from './in-parallel.ts';
import type { Peer } from './peers.ts';

/** Modules that ask the network; without it they would only wait. */
const NETWORKED = [
  'rbl',
  'surbl',
  'fuzzy_check',
  'asn',
  'spf',
  'dkim',
  'dmarc',
  'arc',
  'url_redirector',
  'neural',
  'mx_check',
];

/** Rules only, one worker process, a configuration of its own in a temporary folder. */
export const rspamd: Peer = {
  name: 'rspamd, rules',
  program: 'rspamd',
  async run(mails, _options, say) {
    const folder = mkdtempSync(join(tmpdir(), 'reelback-rspamd-'));
    const port = await freePort();
    const local = join(folder, 'local.d');
    for (const name of ['local.d', 'db', 'run', 'log']) mkdirSync(join(folder, name));
    const write = (name: string, text: string) => writeFileSync(join(local, name), `${text}\n`);
    write('options.inc', 'dns { nameserver = ["127.0.0.1:9"]; timeout = 0.01s; retransmits = 0; }');
    write('worker-normal.inc', `bind_socket = "127.0.0.1:${port}"; count = 1; task_timeout = 30s;`);
    for (const name of ['worker-controller.inc', 'worker-proxy.inc', 'worker-fuzzy.inc'])
      write(name, 'enabled = false;');
    for (const name of NETWORKED) write(`${name}.conf`, 'enabled = false;');
    write('logging.inc', 'type = "console"; level = "error";');
    chmodSync(folder, 0o755);
    const root = process.getuid?.() === 0;
    if (root) spawnSync('chown', ['-R', '_rspamd:_rspamd', folder]);
    const variables = { LOCAL_CONFDIR: '', DBDIR: 'db', RUNDIR: 'run', LOGDIR: 'log' };
    const args = Object.entries(variables).map(([name, part]) => `--var=${name}=${join(folder, part)}`);
    const child = spawn('rspamd', ['-f', ...(root ? ['-u', '_rspamd', '-g', '_rspamd'] : []), ...args], {
      stdio: 'ignore',
    });
    const ask = async (body: Uint8Array) => {
      const response = await fetch(`http://127.0.0.1:${port}/checkv2`, {
        method: 'POST',
        body: body as Uint8Array<ArrayBuffer>,
        signal: AbortSignal.timeout(30_000),
      });
      return ((await response.json()) as { score: number }).score;
    };
    try {
      if (!(await ready(() => ask(Buffer.from('Subject: x\r\n\r\nx\r\n')), 60))) {
        say('did not start');
        return null;
      }
      const started = performance.now();
      // Two at a time keep its one process busy.
      const scores = await inParallel(mails, 2, ({ file }) => ask(readFileSync(file)));
      const seconds = (performance.now() - started) / 1000;
      const scored = mails.flatMap((mail, i) => {
        const score = scores[i];
        return score === null || score === undefined ? [] : [{ mail, phish: score, spam: score }];
      });
      return { scored, seconds };
    } finally {
      await stopped(child);
      rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
    }
  },
};
