/** A company described in a JSON file, for `simulate --seed FILE`. */
import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import type { Simulator } from '../simulator.ts';
import type { Delivery } from '../tenant/mailbox.ts';
import type { MailboxOptions } from '../tenant/tenant.ts';
import type { GmailDelivery } from '../workspace/mailbox.ts';
import type { WorkspaceUserOptions } from '../workspace/workspace.ts';

export interface SeedFile {
  mailboxes?: (MailboxOptions & { address: string })[];
  groups?: { address: string; displayName?: string; members: string[] }[];
  /** `file`: an .eml, relative to the seed file. */
  mails?: (Delivery & SeedMail)[];
  /** The same in Google Workspace. */
  google?: {
    mailboxes?: (WorkspaceUserOptions & { address: string })[];
    groups?: { address: string; displayName?: string; members: string[] }[];
    mails?: (GmailDelivery & SeedMail)[];
  };
}

interface SeedMail {
  to: string[];
  file?: string;
  text?: string;
}

/** @throws Error naming the file or the line that is wrong */
export function loadSeedFile(simulator: Simulator, file: string): void {
  const { google: house = {}, ...seed }: SeedFile = JSON.parse(readFileSync(file, 'utf8'));
  const { google } = simulator;
  for (const { address, ...options } of seed.mailboxes ?? []) simulator.addMailbox(address, options);
  for (const { address, ...options } of house.mailboxes ?? []) google.addMailbox(address, options);
  for (const { address, members, displayName } of seed.groups ?? []) simulator.addGroup(address, members, displayName);
  for (const { address, members, displayName } of house.groups ?? []) google.addGroup(address, members, displayName);
  for (const { to, file: eml, text, ...delivery } of seed.mails ?? []) {
    const bytes = bytesOf(file, eml, text);
    for (const address of to) simulator.deliver(address, bytes, delivery);
  }
  for (const { to, file: eml, text, ...delivery } of house.mails ?? []) {
    const bytes = bytesOf(file, eml, text);
    for (const address of to) google.deliver(address, bytes, delivery);
  }
}

function bytesOf(file: string, eml: string | undefined, text: string | undefined): Buffer {
  if (eml !== undefined) return readFileSync(resolve(dirname(file), eml));
  if (text === undefined) throw new Error(`${file}: a mail needs file or text`);
  return Buffer.from(text);
}
