/** A judged mail and a moved copy in a database of their own: what events tell of. */

import type { Db, Store } from '../../server/store/database.ts';
import { insertVerdict, rememberMessage } from '../../server/store/messages.ts';
import { copiesOfMailbox, insertCopies, recordOutcome, writeIntents } from '../../server/store/retraction-copies.ts';
import { insertRetraction } from '../../server/store/retractions.ts';
import type { Disposition, Verdict } from '../../shared/verdict.ts';
import { undescribed } from '../store/undescribed.ts';

export const TENANT = 'tenant';
export const AT = new Date('2026-11-21T12:00:00.000Z');

export const verdictOf = (disposition: Disposition): Verdict => ({
  disposition,
  score: 0.99,
  margin: 4.6,
  marginWithoutReporter: 4.6,
  reporterUnit: 0,
  spamScore: 0.1,
  findings:
    disposition === 'NONE'
      ? []
      : [
          {
            id: 'url.lookalike',
            family: 'url',
            severity: 'high',
            text: 'A link leads to a name that looks like a known one.',
            evidence: 'hxxps[:]//micros0ft[.]test/',
          },
        ],
  attributes: ['BEC'],
  families: ['url'],
  coverageMissing: [],
  definitive: false,
  model: 'default-4',
  engine: '1',
});

export const FACTS = {
  to: [{ name: 'Ana', address: 'ana@example.org' }],
  cc: [],
  links: [{ url: 'hxxps[:]//micros0ft[.]test/', host: 'micros0ft.test', text: 'Sign in', source: 'html' }],
  attachments: [
    { filename: 'a.pdf', contentType: 'application/pdf', fileType: 'pdf', size: 3, sha256: 'ab', encrypted: true },
  ],
  received: [],
};

const AUTHENTICATION = {
  state: 'fail',
  spf: { result: 'softfail', domain: 'micros0ft.test' },
  dkim: [],
  dmarc: { result: 'fail', domain: 'micros0ft.test', policy: 'reject' },
  source: 'trusted_header',
  mismatch: false,
  missing: [],
  client: { ip: '192.0.2.7', name: 'mail.micros0ft.test' },
};

/** @returns the id of the verdict */
export async function judge(
  store: Store,
  id: string,
  disposition: Disposition,
  more: { subject?: string; simulation?: boolean; at?: Date } = {},
): Promise<number> {
  return store.inTransaction(async (trx: Db) => {
    await rememberMessage(
      trx,
      {
        id,
        tenant: TENANT,
        sha256: id,
        internet_message_id: `<${id}@micros0ft.test>`,
        subject: more.subject ?? 'Your password expires',
        header_from: 'it@micros0ft.test',
        fingerprint: {},
        recipients: ['ana@example.org', 'ben@example.org'],
        ...(more.simulation ? { delivery_mode: 'SIMULATION_SUBMISSION' as const } : {}),
      },
      { ...undescribed, fromName: 'IT desk', envelopeFrom: 'bounce@micros0ft.test', facts: FACTS },
    );
    const replay = { evidence: {}, opinion: {} };
    return insertVerdict(trx, id, verdictOf(disposition), AUTHENTICATION, replay, more.at ?? AT);
  });
}

/** Retracts a copy in each mailbox, as the engine would record it. @returns the ids of the copies */
export async function retract(
  store: Store,
  messageId: string,
  mailboxes: readonly string[],
  outcome: 'retracted' | 'failed' | 'gone' = 'retracted',
): Promise<void> {
  const id = `ret_${messageId.slice(4)}${outcome}`;
  await insertRetraction(store.db, {
    id,
    tenant: TENANT,
    cause: 'psr',
    state: 'running',
    preview: false,
    reason: null,
    message_id: messageId,
    internet_message_ids: [`<${messageId}@micros0ft.test>`],
    fingerprint: {},
    subject: 'Your password expires',
    destination: 'Quarantine',
    definitive: false,
    generation: 1,
    requested_by: 'submission sub_1',
    requested_at: AT,
  });
  await insertCopies(
    store.db,
    mailboxes.map((mailbox, at) => ({
      retractionId: id,
      mailbox,
      provider: 'microsoft365' as const,
      providerMessageId: `AAMk${at}`,
      previousId: null,
      generation: 1,
      state: 'found' as const,
      reason: null,
      internetMessageId: `<${messageId}@micros0ft.test>`,
      subject: 'Your password expires',
      receivedAt: AT.toISOString(),
      fromFolder: 'AQMk',
      fromFolderName: 'Inbox',
      labels: [],
      wasRead: true,
      flag: '',
      importance: '',
      categories: [],
      destination: 'Quarantine' as const,
    })),
  );
  for (const mailbox of mailboxes) {
    const [copy] = await copiesOfMailbox(store.db, id, mailbox);
    await writeIntents(store.db, [copy!.id], 'own', AT, 60_000);
    await recordOutcome(
      store.db,
      copy!.id,
      'own',
      outcome === 'retracted'
        ? { state: outcome, folderAfter: 'Hidden', actedAt: AT, requestId: 'req-1' }
        : { state: outcome, reason: outcome === 'gone' ? 'removed_by_user' : 'not_authorized' },
    );
  }
}
