import type { SimilarQuery } from '../mailboxes/port.ts';
import { fixedSubjectWords } from '../message/campaign.ts';
import { parseMessage } from '../message/parse.ts';
import { previewPage } from '../message/preview.ts';
import type { Actor } from '../retraction/face.ts';
import { audit } from '../store/audit.ts';
import { getBlob } from '../store/blobs.ts';
import { printOfMessage } from '../store/campaigns.ts';
import { mailboxesByAddress } from '../store/directory.ts';
import { messageById } from '../store/messages.ts';
import { exportMessages } from './export-messages.ts';
import type { Investigations } from './face.ts';
import { actionLog, mailTrace, messageDetail, storedMessage, whyNotKept } from './message-detail.ts';
import { matchingMessages, searchMessages } from './search.ts';
import { type SearchWorld, searchMailboxes } from './search-mailboxes.ts';
import { similarMessages } from './similar.ts';

const DAY_MS = 24 * 3_600_000;
/** Around the moment at which the mail came in or, where only an upload was judged, was first reported. */
const BEFORE_MS = 7 * DAY_MS;
const AFTER_MS = 3 * DAY_MS;

/** The face of the room towards the doors. */
export function openInvestigations(world: SearchWorld): Investigations {
  /** Whoever reads content leaves a line; no content is in it. */
  const bytesFor = async (id: string, actor: Actor, action: string) => {
    const { db } = world.store;
    const message = await storedMessage(world, id);
    if (!message) return null;
    const raw = await getBlob(db, message.sha256);
    if (!raw) return { notKept: whyNotKept(message) };
    await audit(db, { tenant: world.tenant, actor: actor.id, action, subjectId: message.id });
    return raw;
  };
  return {
    search: (search, page) => searchMessages(world, search, page),
    matching: (search, page) => matchingMessages(world, search, page),
    exportCsv: (search, actor, language) => exportMessages(world, search, actor, language),
    detail: (id, language) => messageDetail(world, id, language),
    actionLog: (id) => actionLog(world, id),
    trace: (id) => mailTrace(world, id),
    raw: (id, actor) => bytesFor(id, actor, 'message.raw_read'),
    preview: async (id, actor, language) => {
      const raw = await bytesFor(id, actor, 'message.previewed');
      return raw instanceof Uint8Array ? previewPage(raw, language) : raw;
    },
    async similar(messageId, options) {
      const found = await similarMessages(world, messageId);
      if (!found || !options.searchMailboxes) return found;
      const query = await queryFor(world, messageId);
      return query ? { ...found, mailboxes: await searchMailboxes(world, query) } : found;
    },
  };
}

/** By the sender and the words of the subject that are not the recipient's own; null for a mail without a sender. */
async function queryFor(world: SearchWorld, messageId: string): Promise<SimilarQuery | null> {
  const { db } = world.store;
  const [stored, print] = await Promise.all([messageById(db, messageId), printOfMessage(db, world.tenant, messageId)]);
  const raw = stored && (await getBlob(db, stored.sha256));
  if (!raw || !print) return null;
  const message = await parseMessage(raw);
  const [from] = message.headerFrom;
  if (!from || from.domain === '') return null;
  const own = await mailboxesByAddress(db, world.tenant, stored.recipients);
  const at = (stored.delivered_at ?? print.received_at).getTime();
  return {
    headerFrom: from.address,
    subjectWords: fixedSubjectWords(
      message,
      own.flatMap((mailbox) => [mailbox.address, ...mailbox.aliases]),
    ),
    since: new Date(at - BEFORE_MS),
    until: new Date(at + AFTER_MS),
  };
}
