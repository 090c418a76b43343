/** Rows that a test of the ledger begins with. */
import { sql } from 'kysely';
import type { Db } from '../../server/store/database.ts';
import { rememberMessage } from '../../server/store/messages.ts';
import type { NewCopy } from '../../server/store/retraction-copies.ts';
import { insertRetraction } from '../../server/store/retractions.ts';
import { undescribed } from '../store/undescribed.ts';

/** A running retraction and its judged mail. */
export async function insertRunning(db: Db, id: string): Promise<void> {
  const [tenant, messageId] = ['tenant', `msg_${id}`];
  await sql`insert into blobs (sha256, size, encoding) values (${id}, 0, 'identity')`.execute(db);
  const mail = { sha256: id, internet_message_id: '<lure@example.org>', subject: 'Lure', fingerprint: {} };
  await rememberMessage(
    db,
    { ...mail, id: messageId, tenant, header_from: 'a@example.net', recipients: [] },
    undescribed,
  );
  await insertRetraction(db, {
    id,
    tenant,
    cause: 'psr',
    state: 'running',
    preview: false,
    reason: null,
    message_id: messageId,
    internet_message_ids: ['<lure@example.org>'],
    fingerprint: {},
    subject: 'Lure',
    destination: 'Quarantine',
    definitive: false,
    generation: 1,
    requested_by: 'ana@example.org',
    requested_at: new Date('2026-11-21T12:00:00Z'),
  });
}

export function foundIn(mailbox: string, retractionId: string, more: Partial<NewCopy> = {}): NewCopy {
  return {
    retractionId,
    mailbox,
    provider: 'google',
    providerMessageId: '18c2',
    previousId: null,
    generation: 1,
    state: 'found',
    reason: null,
    internetMessageId: '<lure@example.org>',
    subject: 'Lure',
    receivedAt: '2026-11-21T11:00:00Z',
    fromFolder: '',
    fromFolderName: 'Inbox',
    labels: ['INBOX', 'UNREAD'],
    wasRead: false,
    flag: '',
    importance: '',
    categories: [],
    destination: 'Quarantine',
    ...more,
  };
}
