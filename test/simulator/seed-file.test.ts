import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gmailMagicNames } from '../../simulator/gmail/magic.ts';
import { magicNames } from '../../simulator/magic.ts';
import { loadSeedFile } from '../../simulator/seed/file.ts';
import { seedGmailMagic } from '../../simulator/seed/gmail-magic.ts';
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
      google: {
        mailboxes: [{ address: 'cid@lab.example.org', aliases: ['c@lab.example.org'] }],
        groups: [{ address: 'all@lab.example.org', members: ['cid@lab.example.org'] }],
        mails: [{ to: ['c@lab.example.org'], file: 'lure.eml', labels: ['INBOX', 'Held'] }],
      },
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
    expect(simulator.google.copies('cid@lab.example.org')).toMatchObject([
      { subject: 'From a file', labels: ['INBOX', 'Held', 'UNREAD'] },
    ]);
    expect(simulator.google.workspace.group('all@lab.example.org')?.members).toEqual(['cid@lab.example.org']);
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
    seedGmailMagic(simulator, Date.now(), 'a');
    const idIn = (address: string) => {
      const copies: { label: string | null; internetMessageId: string }[] = simulator.google.workspace.mailbox(address)
        ? simulator.google.copies(address)
        : simulator.copies(address);
      return copies.find((copy) => copy.label === 'invoice-lure')?.internetMessageId;
    };
    const gmail = gmailMagicNames.map((name) => `${name}@lab.example.org`);
    expect(
      new Set([...gmail, ...magicNames.map((name) => `${name}@example.org`), 'ana.marsh@example.org'].map(idIn)).size,
    ).toBe(1);
  } finally {
    await simulator.stop();
  }
});
