/** What the chaos test fills both suites with, breaks in them, and looks at afterwards. */
import type { FaultRule, RouteName } from '../../simulator/faults.ts';
import type { Simulator } from '../../simulator/simulator.ts';
import { colleague, lure } from './mail.ts';

export const CAMPAIGNS = 6;
/** Of each suite. */
const MAILBOXES = 100;
const QUARANTINE = 'Reelback Quarantine';

export interface Person {
  address: string;
  provider: 'microsoft365' | 'google';
}

const numbered = (i: number) => String(i).padStart(3, '0');
export const OFFICE: Person[] = Array.from({ length: MAILBOXES }, (_, i) => ({
  address: `p${numbered(i)}@example.org`,
  provider: 'microsoft365',
}));
export const LAB: Person[] = Array.from({ length: MAILBOXES }, (_, i) => ({
  address: `p${numbered(i)}@lab.example.org`,
  provider: 'google',
}));
export const EVERYBODY = [...OFFICE, ...LAB];

export const campaignId = (c: number) => `<wave-${c}+x%25@micros0ft-login.test>`;

/** mulberry32: the same seed makes the same mails, reports, faults and kills. */
export function randomOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** One copy with everything a restore must bring back; labels in a fixed order. */
export interface SeenCopy {
  id: string;
  internetMessageId: string;
  subject: string;
  /** Folder, or labels without the read state. */
  place: string;
  rest: unknown;
}

export function copiesOf(simulator: Simulator, { address, provider }: Person): SeenCopy[] {
  if (provider === 'microsoft365') {
    return simulator.copies(address).map(({ id, internetMessageId, subject, folderName: place, ...rest }) => {
      return { id, internetMessageId, subject, place, rest };
    });
  }
  return simulator.google.copies(address).map(({ id, internetMessageId, subject, labels, labelIds, ...rest }) => {
    const place = labels.filter((label) => label !== 'UNREAD').sort();
    return { id, internetMessageId, subject, place: place.join(), rest: { ...rest, labelIds: [...labelIds].sort() } };
  });
}

/** Where a retracted copy lies that lay at `place`. */
export function retractedFrom({ provider }: Person, place: string): string {
  if (provider === 'microsoft365') return QUARANTINE;
  const kept = place.split(',').filter((label) => label !== '' && !['INBOX', 'SPAM', 'TRASH'].includes(label));
  return [...kept, 'TRASH', QUARANTINE].sort().join();
}

/**
 * Mail between colleagues for everybody, six campaigns that hit one in seven, and mail of others under their Message-IDs.
 * @returns of each campaign who has a real copy
 */
export function fillBoth(simulator: Simulator, random: () => number): Person[][] {
  const { google } = simulator;
  const pick = <T>(values: readonly T[]): T => values[Math.floor(random() * values.length)]!;
  const deliver = ({ address, provider }: Person, eml: string) =>
    provider === 'google' ? google.deliver(address, eml) : simulator.deliver(address, eml);
  const deliverLure = ({ address, provider }: Person, eml: string) => {
    const isRead = random() < 0.5;
    if (provider === 'google') {
      const place = pick([
        ['INBOX'],
        ['INBOX', 'STARRED'],
        ['Project X'],
        ['INBOX', 'CATEGORY_UPDATES'],
        ['SPAM'],
        ['TRASH'],
      ]);
      google.deliver(address, eml, { labels: isRead ? place : [...place, 'UNREAD'] });
      return;
    }
    simulator.deliver(address, eml, {
      folder: pick(['inbox', 'inbox', 'archive', 'junkemail', 'deleteditems']),
      isRead,
      flag: pick(['notFlagged', 'flagged'] as const),
      categories: random() < 0.2 ? ['Blue category'] : [],
    });
  };

  for (const [i, person] of EVERYBODY.entries()) {
    if (person.provider === 'google') google.addMailbox(person.address);
    else simulator.addMailbox(person.address);
    deliver(person, colleague(`<work-${i}@example.org>`, `Minutes ${i}`, person.address));
  }
  return Array.from({ length: CAMPAIGNS }, (_, c) =>
    EVERYBODY.filter((person, i) => {
      const dice = random();
      if (dice < 0.15) deliverLure(person, lure(campaignId(c), person.address, `on day ${c}`));
      // Another mail under the same Message-ID: it must never move.
      else if (dice < 0.2) deliver(person, colleague(campaignId(c), `Borrowed ${c} in ${i}`, person.address));
      return dice < 0.15;
    }),
  );
}

const GRAPH: RouteName[] = ['find', 'batch', 'value', 'move', 'message', 'folders', 'createFolder', 'users', 'token'];
const GOOGLE: RouteName[] = [
  'gmailList',
  'gmailBatch',
  'gmailGet',
  'gmailModify',
  'gmailLabels',
  'gmailCreateLabel',
  'directoryUsers',
  'googleToken',
];
/** What answers with what stood there a while ago. */
const SEARCHES: RouteName[] = ['find', 'batch', 'gmailList'];
const FAULTS: FaultRule['fault'][] = [
  { status: 429, retryAfter: 1 },
  { status: 503 },
  { status: 504 },
  { status: 504, afterEffect: true },
  { status: 500, afterEffect: true },
  { lost: 'reset' },
  { lost: 'reset', afterEffect: true },
  { lost: 'silence', afterEffect: true },
  { delayMs: 300 },
  { staleMs: 2_000 },
];

/** @returns how many fault points were planted */
export function plantFaults(simulator: Simulator, random: () => number): number {
  let planted = 0;
  for (const route of [...GRAPH, ...GOOGLE]) {
    for (const fault of FAULTS) {
      if ('staleMs' in fault && !SEARCHES.includes(route)) continue;
      const times = route === 'token' || route === 'googleToken' ? 1 : 2;
      simulator.faults.add({ route, fault, skip: Math.floor(random() * 40), times });
      planted++;
    }
  }
  return planted;
}

/** As the button of either suite reports it. */
export function reportOf(simulator: Simulator, { address, provider }: Person, campaign: number) {
  const messageId = campaignId(campaign);
  const { google } = simulator;
  const copies = provider === 'google' ? google.copies(address) : simulator.copies(address);
  const copy = copies.find((c) => c.internetMessageId === messageId)!;
  return {
    token: provider === 'google' ? google.identityToken(address) : simulator.accessToken(address),
    body: {
      provider,
      mailbox: address,
      provider_message_id: provider === 'google' ? `msg-f:${BigInt(`0x${copy.id}`)}` : copy.id,
      internet_message_id: messageId,
      type: 'phish',
    },
  };
}
