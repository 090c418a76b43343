import { mkdirSync, writeFileSync } from 'node:fs';
import { userInfo } from 'node:os';
import { dirname, join } from 'node:path';
import { PermanentError } from '../shared/errors.ts';
import type { PersonPreview } from '../shared/people.ts';
import { type CommandIo, type ExitStatus, readArguments } from './command.ts';
import { readConfiguration } from './configuration.ts';
import { openDatabase } from './open-database.ts';
import { openStore } from './store/database.ts';
import { openPeople } from './submission/people.ts';

const USAGE = 'reelback people export ADDRESS --out DIR | erase ADDRESS [--confirm CODE]';

/**
 * `reelback people export ADDRESS --out DIR`: what one person did with Reelback, as files. `reelback people erase ADDRESS`
 * says what erasing them would do, and with the code that it prints does it.
 * @throws PermanentError `usage`, those of readConfiguration and openDatabase
 */
export async function peopleCommand(argv: string[], { stdout, stderr, env, rootDir }: CommandIo): Promise<ExitStatus> {
  const { action, address, out, confirm } = readOptions(argv);
  const configuration = readConfiguration(env);
  const database = await openDatabase(configuration, rootDir, (line) => stderr.write(`${line}\n`));
  const store = openStore(database.url, () => {}, 2);
  const tenant = configuration.microsoft[0]?.tenantId ?? 'default';
  const people = openPeople({ tenant, store, now: () => new Date() });
  const actor = `command line (${userInfo().username})`;
  const nobody = (): ExitStatus => {
    stderr.write(`reelback: nothing is known of ${address}\n`);
    return 1;
  };
  try {
    if (action === 'export') {
      const files = await people.export(address, actor);
      if (!files) return nobody();
      for (const { name, read } of files) {
        const bytes = await read();
        if (bytes === null) continue;
        const file = join(out, name);
        mkdirSync(dirname(file), { recursive: true });
        writeFileSync(file, bytes, { mode: 0o600 });
        stdout.write(`${file}\n`);
      }
      return 0;
    }
    if (confirm === null) {
      const preview = await people.preview(address);
      if (!preview) return nobody();
      stdout.write(previewText(preview));
      return 0;
    }
    const done = await people.erase(address, confirm, actor);
    if (!done) return nobody();
    stdout.write(`erased\n${countsText(done.erased)}`);
    return 0;
  } catch (error) {
    if (!(error instanceof PermanentError && error.code === 'confirmation_outdated')) throw error;
    stderr.write('reelback: something has changed since that code was shown: run it without --confirm again\n');
    return 1;
  } finally {
    await store.close();
    await database.close();
  }
}

function readOptions(argv: string[]) {
  const { values, positionals } = readArguments({
    args: argv,
    allowPositionals: true,
    options: { out: { type: 'string' }, confirm: { type: 'string' } },
  });
  const [action, address = '', ...more] = positionals;
  const { out, confirm } = values;
  const fits =
    /^[^\s/@]+@[^\s/@]+$/.test(address) &&
    more.length === 0 &&
    (action === 'export' ? out !== undefined && confirm === undefined : action === 'erase' && out === undefined);
  if (!fits) throw new PermanentError('usage', USAGE);
  return { action, address, out: out ?? '', confirm: confirm ?? null };
}

const countsText = (counts: Record<string, number>) =>
  Object.entries(counts)
    .map(([name, count]) => `  ${String(count).padStart(6)}  ${name.replaceAll('_', ' ')}\n`)
    .join('');

function previewText({ addresses, erased, kept, confirmation }: PersonPreview): string {
  return (
    `${addresses.join(', ')}\nwould be erased\n${countsText(erased)}stays, because it is no report of theirs\n${countsText(kept)}` +
    `to do it: reelback people erase ${addresses[0]} --confirm ${confirmation}\n`
  );
}
