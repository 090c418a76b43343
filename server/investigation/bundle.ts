/** The evidence of one case in one file, for who was not there: the mail, the verdict, what was done, and who knew when. */
import { createHash } from 'node:crypto';
import { buffer } from 'node:stream/consumers';
import { ZipFile } from 'yazl';
import type { Language } from '../../shared/i18n/language.ts';
import { reasonIn } from '../../shared/i18n/reason-text.ts';
import type { Verdict } from '../../shared/verdict.ts';
import { csvLine } from '../policies/csv.ts';
import type { Actor } from '../retraction/face.ts';
import { audit } from '../store/audit.ts';
import { type AuditRow, auditLines } from '../store/audit-log.ts';
import { getBlob } from '../store/blobs.ts';
import {
  type CaseCopy,
  copiesOfCase,
  decisionsOfMessage,
  retractionsOfMessage,
  submissionsOfCase,
  verdictsOfMessage,
} from '../store/case-rows.ts';
import type { Db, Store } from '../store/database.ts';
import { type MessageRow, messageById } from '../store/messages.ts';
import { retractionsByIds } from '../store/retractions.ts';
import { submissionById } from '../store/submissions.ts';
import { BUNDLE_WORDS } from './bundle-words.ts';

interface World {
  tenant: string;
  store: Store;
  now(): Date;
}

interface Case {
  message: MessageRow | null;
  submissions: Awaited<ReturnType<typeof submissionsOfCase>>;
  retractionIds: string[];
}

const MOST_COPIES = 100_000;
const MOST_LINES = 5_000;
const PAGE = 1_000;

export async function bundleOf(
  world: World,
  of: 'submission' | 'retraction',
  id: string,
  actor: Actor,
  language: Language,
): Promise<{ name: string; zip: Buffer } | null> {
  const { db } = world.store;
  const found = of === 'submission' ? await caseOfSubmission(world, id) : await caseOfRetraction(world, id);
  if (!found) return null;
  const at = world.now();
  const files = await filesOf(db, world.tenant, found, language);
  const readme = BUNDLE_WORDS[language].readme({
    id,
    at: at.toISOString(),
    mailKept: files.has('message.eml'),
    files: [...files.keys()],
  });
  files.set('README.txt', Buffer.from(readme.replaceAll('\n', '\r\n')));
  const manifest = manifestOf(id, at, files);
  files.set('manifest.json', manifest);
  await world.store.inTransaction((trx) =>
    audit(trx, {
      tenant: world.tenant,
      actor: actor.id,
      action: `${of}.bundle_downloaded`,
      subjectId: id,
      detail: { manifest_sha256: sha256(manifest), files: files.size },
    }),
  );
  return { name: `reelback-${id}.zip`, zip: await zipped(files, at) };
}

async function caseOfSubmission({ tenant, store }: World, id: string): Promise<Case | null> {
  const submission = await submissionById(store.db, tenant, id);
  if (!submission) return null;
  const { message_id: messageId, retraction_id: retractionId } = submission;
  const known = messageId === null ? [] : await retractionsOfMessage(store.db, tenant, messageId);
  const of = await submissionsOfCase(store.db, tenant, { messageId, retractionId: null });
  return {
    message: messageId === null ? null : await messageById(store.db, messageId),
    // One that is about nothing readable stands alone.
    submissions: of.length > 0 ? of : [{ ...submission }],
    retractionIds: [...new Set([...known, ...(retractionId ? [retractionId] : [])])],
  };
}

async function caseOfRetraction({ tenant, store }: World, id: string): Promise<Case | null> {
  const [retraction] = await retractionsByIds(store.db, tenant, [id]);
  if (!retraction) return null;
  return {
    message: await messageById(store.db, retraction.message_id),
    submissions: await submissionsOfCase(store.db, tenant, { messageId: retraction.message_id, retractionId: id }),
    retractionIds: [id],
  };
}

async function filesOf(db: Db, tenant: string, of: Case, language: Language): Promise<Map<string, Buffer>> {
  const files = new Map<string, Buffer>();
  const { message, retractionIds } = of;
  if (message) {
    const raw = await getBlob(db, message.sha256);
    if (raw) files.set('message.eml', Buffer.from(raw.buffer, raw.byteOffset, raw.byteLength));
    files.set('message.json', json(message));
    const verdicts = await verdictsOfMessage(db, message.id);
    files.set('verdicts.json', json(verdicts));
    const newest = verdicts.at(-1)?.body as Verdict | undefined;
    if (newest) files.set('findings.json', json(newest.findings.map((finding) => reasonIn(finding, language))));
    files.set('decisions.json', json(await decisionsOfMessage(db, message.id)));
  }
  files.set('submissions.json', json(of.submissions));
  files.set('retractions.json', json(await retractionsByIds(db, tenant, retractionIds)));
  files.set('actions.csv', await actionsCsv(db, retractionIds));
  const subjects = [...of.submissions.map(({ id }) => id), ...retractionIds, ...(message ? [message.id] : [])];
  files.set('timeline.jsonl', await timeline(db, tenant, subjects));
  return files;
}

const COLUMNS = [
  'retraction',
  'mailbox',
  'provider',
  'provider_message_id',
  'generation',
  'state',
  'reason',
  'from_folder',
  'folder_after',
  'labels',
  'was_read',
  'destination',
  'first_seen_at',
  'intent_at',
  'acted_at',
  'confirmed_at',
  'restored_at',
  'request_id',
  'error_code',
];

/** One line a copy and generation. Names of folders and ids are others' words: no spreadsheet takes them for formulas. */
async function actionsCsv(db: Db, retractionIds: readonly string[]): Promise<Buffer> {
  const lines = [csvLine(COLUMNS)];
  let after = 0;
  while (lines.length <= MOST_COPIES) {
    const page = await copiesOfCase(db, retractionIds, after, PAGE);
    lines.push(...page.map((copy) => csvLine(fieldsOf(copy))));
    const last = page.at(-1);
    if (!last || page.length < PAGE) break;
    after = last.id;
  }
  return Buffer.from(lines.join(''));
}

function fieldsOf(c: CaseCopy): string[] {
  const time = (at: Date | null) => at?.toISOString() ?? '';
  return [
    c.retraction_id,
    c.mailbox,
    c.provider,
    c.provider_message_id,
    String(c.generation),
    c.state,
    c.reason ?? '',
    c.from_folder,
    c.folder_after ?? '',
    c.labels.join(' '),
    String(c.was_read),
    c.destination,
    time(c.first_seen_at),
    time(c.intent_at),
    time(c.acted_at),
    time(c.confirmed_at),
    time(c.restored_at),
    c.request_id ?? '',
    c.error_code ?? '',
  ];
}

/** Lines of the audit log about the case, with the hashes that chain them; without one: not sealed yet. */
async function timeline(db: Db, tenant: string, subjects: readonly string[]): Promise<Buffer> {
  const found: AuditRow[] = [];
  const none = { type: null, actor: null, action: null, start: null, end: null, before: null };
  for (const subject of subjects)
    found.push(...(await auditLines(db, { tenant, ...none, subject, limit: MOST_LINES })));
  const lines = found
    .sort((a, b) => a.id - b.id)
    .slice(0, MOST_LINES)
    .map(({ id, at, action, actor, subject_id, detail, position, hash }) =>
      JSON.stringify({ id, at: at.toISOString(), action, actor, subject_id, detail, position, hash }),
    );
  return Buffer.from(lines.map((line) => `${line}\n`).join(''));
}

function manifestOf(id: string, at: Date, files: ReadonlyMap<string, Buffer>): Buffer {
  return json({
    case: id,
    created_at: at.toISOString(),
    files: [...files].map(([name, bytes]) => ({ name, bytes: bytes.length, sha256: sha256(bytes) })),
  });
}

async function zipped(files: ReadonlyMap<string, Buffer>, at: Date): Promise<Buffer> {
  const zip = new ZipFile();
  for (const [name, bytes] of files) zip.addBuffer(bytes, name, { mtime: at, mode: 0o100644 });
  zip.end();
  return buffer(zip.outputStream);
}

const json = (value: unknown) => Buffer.from(`${JSON.stringify(value, null, 2)}\n`);
const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');
