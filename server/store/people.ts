/** Everything that says what a person did with Reelback, to hand it out and to erase it. */
import { sql } from 'kysely';
import type { ErasedCounts, KeptCounts } from '../../shared/people.ts';
import { type Db, row, rows, touched } from './database.ts';

/** Who is meant: every address of the mailbox, and who they are at the providers. */
export interface PersonKeys {
  tenant: string;
  /** Lower case, the mailbox's own first. */
  addresses: string[];
  users: { provider: 'microsoft365' | 'google'; userId: string }[];
  /** Hashes under which votes are kept. */
  voters: string[];
}

/** Stands where a person stood. */
export const ERASED = 'erased';

/** By any address of the mailbox; the person may have left the directory while reports still name them. */
export async function findPerson(db: Db, tenant: string, address: string): Promise<Omit<PersonKeys, 'voters'>> {
  const known = await row<{ address: string; aliases: string[] }>(
    db,
    sql`select address, aliases from mailboxes where tenant = ${tenant} and (address = ${address} or ${address} = any(aliases))
        order by address = ${address} desc limit 1`,
  );
  const addresses = [...new Set(known ? [known.address, ...known.aliases, address] : [address])];
  const users = await rows<PersonKeys['users'][number]>(
    db,
    sql`select provider, user_id as "userId" from mailboxes where tenant = ${tenant} and address = any(${addresses}::text[]) and kind = 'user'
        union
        select provider, reporter_user_id from submissions
        where tenant = ${tenant} and requested_by = any(${addresses}::text[]) and mailbox_verified and submission_type = 'USER'`,
  );
  return { tenant, addresses, users };
}

const list = (values: readonly string[]) => sql`${[...values]}::text[]`;

const isTheirs = ({ addresses, users }: PersonKeys) =>
  sql`(requested_by = any(${list(addresses)}) or (provider, reporter_user_id) in
       (select * from unnest(${list(users.map(({ provider }) => provider))}, ${list(users.map(({ userId }) => userId))})))`;

/** Whether a text names one of the addresses, and not merely a longer one that ends like it. */
const names = (text: ReturnType<typeof sql>, addresses: readonly string[]) => {
  const escaped = addresses.map((address) => address.replace(/[^a-z0-9@]/g, '\\$&'));
  return sql`lower(${text}) ~ ${`(^|[^a-z0-9._%+-])(${escaped.join('|')})([^a-z0-9-]|$)`}`;
};

/** Actors of the audit log: a reporter is `tenant/user id`. */
const isTheirActor = ({ addresses, users }: PersonKeys) =>
  sql`(person = any(${list(addresses)}) or split_part(person, '/', 2) = any(${list(users.map(({ userId }) => userId))}))`;

/** Where the name of somebody who works with the dashboard stands beside what they did. */
const SIGNED: readonly (readonly [table: string, column: string, tenant: boolean])[] = [
  ['retractions', 'requested_by', true],
  ['retractions', 'decided_by', true],
  ['retraction_copies', 'restore_requested_by', false],
  ['decisions', 'decided_by', true],
  ['settings', 'changed_by', true],
  ['list_entries', 'created_by', true],
  ['model_versions', 'requested_by', true],
  ['model_changes', 'actor', true],
  ['model_trainings', 'requested_by', true],
  ['bulk_jobs', 'created_by', true],
  ['webhooks', 'created_by', true],
  ['submissions', 'escalated_by', true],
];

/**
 * Erases a person, in the caller's transaction. A report that waits for its judgement is withdrawn. Mails that others
 * reported too, or that a retraction is at work on, keep their bytes.
 * @returns how many rows of each kind.
 */
export async function erasePerson(trx: Db, person: PersonKeys, now: Date): Promise<ErasedCounts> {
  const { tenant, addresses, voters } = person;
  const theirs = await rows<{ id: string; message_id: string | null; upload_sha256: string | null }>(
    trx,
    sql`select id, message_id, upload_sha256 from submissions where tenant = ${tenant} and ${isTheirs(person)} for update`,
  );
  const ids = theirs.map(({ id }) => id);
  await sql`update submissions set requested_by = ${ERASED}, reporter_user_id = ${ERASED}, comment = '', exposure = '{}',
              client = null, idempotency_key = null, natural_key = null, provider_message_id = null, original_id = null,
              upload_sha256 = null, upload_fidelity = null, answer_to = null, answered_message_id = null,
              mailbox_verified = false, mailbox = case when mailbox = any(${list(addresses)}) then ${ERASED} else mailbox end,
              look_again_at = null, owner = null, lease_until = null, last_error = null,
              status = case when status in ('received', 'analysing') then 'withdrawn' else status end,
              withdrawn_at = case when status in ('received', 'analysing') then ${now} else withdrawn_at end
            where id = any(${list(ids)})`.execute(trx);
  const messages = [...new Set(theirs.flatMap(({ message_id }) => message_id ?? []))];
  const mails = await dropBodies(trx, person, messages, [
    ...new Set(theirs.flatMap(({ upload_sha256 }) => upload_sha256 ?? [])),
  ]);
  const votes = await touched(
    trx,
    sql`delete from reporter_votes where tenant = ${tenant} and reporter = any(${list(voters)})`,
  );
  await sql`delete from reporters where tenant = ${tenant} and reporter = any(${list(voters)})`.execute(trx);
  const sent = await touched(
    trx,
    sql`delete from outgoing_mail where tenant = ${tenant} and lower(recipient) = any(${list(addresses)})`,
  );
  const received = await touched(
    trx,
    sql`delete from intake_mails where tenant = ${tenant} and lower(envelope_from) = any(${list(addresses)})`,
  );
  const sessions = await touched(
    trx,
    sql`delete from dashboard_sessions where tenant = ${tenant} and person = any(${list(addresses)})`,
  );
  await sql`delete from dashboard_people where tenant = ${tenant} and person = any(${list(addresses)})`.execute(trx);
  const signatures = await unsign(trx, person);
  return {
    submissions: ids.length,
    mails,
    votes,
    letters: sent + received,
    sessions,
    signatures,
    ...(await forgetInAudit(trx, person)),
  };
}

/** Bytes of mails that only this person's reports brought here, and their address in what is kept of such mails. */
async function dropBodies(
  trx: Db,
  { tenant, addresses }: PersonKeys,
  messages: readonly string[],
  uploads: readonly string[],
): Promise<number> {
  const alone = await rows<{ id: string; sha256: string }>(
    trx,
    sql`select m.id, m.sha256 from messages m
        where m.tenant = ${tenant} and m.id = any(${list(messages)})
          and not exists (select from submissions s where s.message_id = m.id and s.requested_by <> ${ERASED})
          and not exists (select from message_copies c where c.message_id = m.id)
          and not exists (select from retractions r where r.message_id = m.id
                and r.state in ('planned', 'held', 'running', 'confirming', 'restoring'))`,
  );
  const own = alone.map(({ id }) => id);
  // To and Cc name the person, in what is shown and in the words it is found by (place C); the rest does not.
  await sql`update messages set facts = facts - 'to' - 'cc' || '{"to": [], "cc": []}',
              words = ts_filter(words, '{a,b,d}'),
              recipients = array(select r from unnest(recipients) as r where r <> all(${list(addresses)}))
            where id = any(${list(own)})`.execute(trx);
  return touched(
    trx,
    sql`delete from blobs b where b.sha256 = any(${list([...alone.map(({ sha256 }) => sha256), ...uploads])})
          and not exists (select from submissions s where s.upload_sha256 = b.sha256)
          and not exists (select from messages m where m.sha256 = b.sha256 and m.id <> all(${list(own)}))`,
  );
}

async function unsign(trx: Db, { tenant, addresses }: PersonKeys): Promise<number> {
  let signatures = 0;
  for (const [table, column, hasTenant] of SIGNED) {
    const where = hasTenant ? sql`and tenant = ${tenant}` : sql``;
    signatures += await touched(
      trx,
      sql`update ${sql.table(table)} set ${sql.ref(column)} = ${ERASED} where ${sql.ref(column)} = any(${list(addresses)}) ${where}`,
    );
  }
  // An open question of a first person is withdrawn: nobody may become the second person of somebody erased.
  signatures += await touched(
    trx,
    sql`delete from purge_confirmations where tenant = ${tenant} and used_at is null and requested_by = any(${list(addresses)})`,
  );
  for (const column of ['requested_by', 'used_by'])
    signatures += await touched(
      trx,
      sql`update purge_confirmations set ${sql.ref(column)} = ${ERASED} where tenant = ${tenant} and ${sql.ref(column)} = any(${list(addresses)})`,
    );
  return signatures;
}

/** The log itself is not touched: what its pseudonyms and hashes stand for is gone. */
async function forgetInAudit(
  trx: Db,
  person: PersonKeys,
): Promise<{ audit_contents: number; audit_pseudonyms: number }> {
  const { tenant, addresses } = person;
  const audit_contents = await touched(
    trx,
    sql`delete from audit_contents where tenant = ${tenant}
          and (${names(sql`body`, addresses)}
            or sha256 in (select a.detail->'comment'->>'sha256' from audit_log a join audit_people p
                            on p.tenant = a.tenant and p.pseudonym = a.actor
                          where a.tenant = ${tenant} and a.detail ? 'comment' and ${isTheirActor(person)}))`,
  );
  const audit_pseudonyms = await touched(
    trx,
    sql`delete from audit_people where tenant = ${tenant} and ${isTheirActor(person)}`,
  );
  return { audit_contents, audit_pseudonyms };
}

/** What stays, because others need it: it is no report of theirs. */
export async function keptOfPerson(db: Db, { tenant, addresses }: PersonKeys): Promise<KeptCounts> {
  const found = await row<KeptCounts>(
    db,
    sql`select
      (select count(*)::int from retraction_copies c join retractions r on r.id = c.retraction_id
        where r.tenant = ${tenant} and c.mailbox = any(${list(addresses)})) as moved_copies,
      (select count(*)::int from message_copies where mailbox = any(${list(addresses)})) as deliveries,
      (select count(*)::int from list_entries where tenant = ${tenant} and lower(value) = any(${list(addresses)})) as list_entries,
      (select count(*)::int from settings where tenant = ${tenant}
        and ${names(sql`value::text`, addresses)}) as settings,
      (select count(*)::int from mailboxes where tenant = ${tenant} and address = any(${list(addresses)})) as directory`,
  );
  return found!;
}

export interface TheirReport {
  id: string;
  submission_type: string;
  status: string;
  report_type: string;
  requested_disposition: string;
  requested_at: Date;
  requested_by: string;
  mailbox: string;
  provider: string;
  channel: string;
  subject: string;
  header_from: string;
  internet_message_id: string | null;
  comment: string;
  exposure: string[];
  language: string;
  client: unknown;
  outcome_disposition: string | null;
  concluded_at: Date | null;
  withdrawn_at: Date | null;
  upload_sha256: string | null;
  message_sha256: string | null;
}

/** Oldest first. */
export async function reportsOf(db: Db, person: PersonKeys): Promise<TheirReport[]> {
  return rows<TheirReport>(
    db,
    sql`select s.id, submission_type, status, report_type, requested_disposition, requested_at, requested_by, mailbox, provider,
          channel, s.subject, s.header_from, s.internet_message_id, comment, exposure, language, client, outcome_disposition,
          concluded_at, withdrawn_at, upload_sha256, m.sha256 as message_sha256
        from (select * from submissions where tenant = ${person.tenant} and ${isTheirs(person)}) as s
        left join messages m on m.id = s.message_id order by requested_at, s.id`,
  );
}

/** What else is known of them, as rows. */
export async function recordsOf(db: Db, person: PersonKeys): Promise<Record<string, unknown[]>> {
  const { tenant, addresses, voters } = person;
  const theirs = list(addresses);
  return {
    votes: await rows(
      db,
      sql`select cluster_id, voted_at, label_by, share, labelled_at from reporter_votes
          where tenant = ${tenant} and reporter = any(${list(voters)}) order by voted_at`,
    ),
    record: await rows(
      db,
      sql`select was_right, was_wrong, as_of from reporters where tenant = ${tenant} and reporter = any(${list(voters)})`,
    ),
    letters: await rows(
      db,
      sql`select kind, recipient, language, letter, state, created_at, sent_at from outgoing_mail
          where tenant = ${tenant} and lower(recipient) = any(${theirs}) order by created_at`,
    ),
    moved_copies: await rows(
      db,
      sql`select c.retraction_id, c.mailbox, c.state, c.subject, c.from_folder_name, c.destination, c.was_read, c.first_seen_at, c.acted_at
          from retraction_copies c join retractions r on r.id = c.retraction_id
          where r.tenant = ${tenant} and c.mailbox = any(${theirs}) order by c.first_seen_at limit 10000`,
    ),
    actions: await rows(
      db,
      sql`select a.at, a.action, a.subject_id from audit_log a join audit_people p on p.tenant = a.tenant and p.pseudonym = a.actor
          where a.tenant = ${tenant} and ${isTheirActor(person)} order by a.id limit 10000`,
    ),
    sessions: await rows(
      db,
      sql`select role, signed_in_with, signed_in_at, seen_at from dashboard_sessions
          where tenant = ${tenant} and person = any(${theirs}) order by signed_in_at`,
    ),
  };
}
