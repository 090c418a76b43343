/** A tenant described in a JSON file, for `simulate --seed FILE`. */
import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import type { Simulator } from '../simulator.ts';
import type { Delivery } from '../tenant/mailbox.ts';
import type { MailboxOptions } from '../tenant/tenant.ts';

export interface SeedFile {
  mailboxes?: (MailboxOptions & { address: string })[];
  groups?: { address: string; displayName?: string; members: string[] }[];
  /** `file`: an .eml, relative to the seed file. */
  mails?: (Delivery & { to: string[]; file?: string; text?: string })[];
}

/** @throws Error naming the file or the line that is wrong */
export function loadSeedFile(simulator: Simulator, file: string): void {
  const seed: SeedFile = JSON.parse(readFileSync(file, 'utf8'));
  for (const { address, ...options } of seed.mailboxes ?? []) simulator.addMailbox(address, options);
  for (const { address, members, displayName } of seed.groups ?? []) simulator.addGroup(address, members, displayName);
  for (const { to, file: eml, text, ...delivery } of seed.mails ?? []) {
    if (eml === undefined && text === undefined) throw new Error(`${file}: a mail needs file or text`);
    const bytes = eml === undefined ? Buffer.from(text!) : readFileSync(resolve(dirname(file), eml));
    for (const address of to) simulator.deliver(address, bytes, delivery);
  }
}
