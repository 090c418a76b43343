import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { magicNames } from '../../simulator/magic.ts';
import { loadSeedFile } from '../../simulator/seed/file.ts';
import { seedMagic } from '../../simulator/seed/magic.ts';
import { startSimulator } from '../../simulator/start.ts';
import { mail } from './caller.ts';

test('a JSON file describes mailboxes, groups and mails, in it or beside it', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'seed-'));
  const simulator = await startSimulator();
  try {
    writeFileSync(join(folder, 'lure.eml'), mail({ id: '<lure@example.net>', subject: 'From a file' }));
    const seed = {
      mailboxes: [{ address: 'ana@example.org', language: 'de-DE' }, { address: 'ben@example.org' }],
      groups: [{ address: 'all@example.org', members: ['ana@example.org', 'ben@example.org'] }],
      mails: [
        { to: ['ana@example.org', 'ben@example.org'], file: 'lure.eml', isRead: true },
        { to: ['ben@example.org'], text: mail({ id: '<t@example.net>' }), folder: 'archive' },
      ],
    };
    writeFileSync(join(folder, 'seed.json'), JSON.stringify(seed));
    loadSeedFile(simulator, join(folder, 'seed.json'));
    expect(simulator.copies('ana@example.org')).toMatchObject([
      { subject: 'From a file', isRead: true, folderName: 'inbox' },
    ]);
    expect(
      simulator
        .copies('ben@example.org')
        .map((copy) => copy.folderName)
        .sort(),
    ).toEqual(['archive', 'inbox']);
    expect(simulator.tenant.group('all@example.org')?.members).toHaveLength(2);
    writeFileSync(join(folder, 'seed.json'), JSON.stringify({ mails: [{ to: ['ana@example.org'] }] }));
    expect(() => loadSeedFile(simulator, join(folder, 'seed.json'))).toThrow('a mail needs file or text');
  } finally {
    await simulator.stop();
    rmSync(folder, { recursive: true });
  }
});

test('every magic mailbox of the demo holds a copy of the lure with the Message-ID the others have', async () => {
  const simulator = await startSimulator({ seed: 'demo', idSalt: 'a' });
  try {
    seedMagic(simulator, Date.now(), 'a');
    const idIn = (address: string) =>
      simulator.copies(address).find((copy) => copy.label === 'invoice-lure')?.internetMessageId;
    expect(new Set([...magicNames.map((name) => `${name}@example.org`), 'ana.marsh@example.org'].map(idIn)).size).toBe(
      1,
    );
  } finally {
    await simulator.stop();
  }
});
