/**
 * Mails by the million, made by the database itself: words, senders and files are as unevenly spread as in real life (a few are
 * everywhere, most are rare), and the same for every run.
 */
import { sql } from 'kysely';
import { type Db, rows } from '../../server/store/database.ts';
import type { MessageSearch } from '../../shared/messages.ts';

export const TENANT = 'bench';
/** The newest mail came in then; a minute of the year holds two. */
export const NEWEST = new Date('2026-08-31T12:00:00Z');
const DAYS = 365;
/** Made one by one; the rest are their like in other weeks. */
const MADE = 50_000;
const WORDS = 20_000;
const SENDERS = 40_000;
const MAILBOXES = 5_000;

export async function seedMessages(db: Db, count: number, log: (line: string) => void): Promise<void> {
  // Uniform from 0 to 1, the same for the same numbers.
  await sql`create function chance(i bigint, salt bigint) returns double precision language sql immutable parallel safe
              return (hashint8extended(i, salt) & 2147483647) / 2147483647.0`.execute(db);
  // An index is built ten times as fast as it grows.
  const indexes = await rows<{ name: string; definition: string }>(
    db,
    sql`select indexname as name, indexdef as definition from pg_indexes
        where tablename = 'messages' and schemaname = 'public' and indexname not in (select conname from pg_constraint)`,
  );
  for (const { name } of indexes) await sql.raw(`drop index ${name}`).execute(db);
  const made = Math.min(MADE, count);
  const times = Math.ceil(count / made);
  await sql.raw(insertMessages(made, times)).execute(db);
  await sql`create table made as table messages`.execute(db);
  for (let time = times - 1; time > 0; time--) {
    await sql.raw(insertLike(made, time, times)).execute(db);
    log(`seeded ${((times - time + 1) * made).toLocaleString('en')} of ${count.toLocaleString('en')} mails`);
  }
  await sql`drop table made`.execute(db);
  for (const { name, definition } of indexes) {
    await db.transaction().execute(async (trx) => {
      await sql`set local maintenance_work_mem = '1GB'`.execute(trx);
      await sql.raw(definition).execute(trx);
    });
    log(`built ${name}`);
  }
  await sql.raw(ABOUT_DETECTIONS).execute(db);
  await sql`insert into message_copies (message_id, mailbox, provider, delivery_mode, delivered_at, seen_at)
            select id, recipients[1], 'microsoft365', 'API', received_at, received_at from messages where not reported`.execute(
    db,
  );
  await sql`insert into submissions (id, tenant, submission_type, status, report_type, requested_disposition, requested_at, requested_by,
              reporter_user_id, mailbox_verified, provider, mailbox, message_id, subject, header_from)
            select 'sub_' || substr(id, 5), tenant, case when chance(substr(id, 5)::bigint, 61) < 0.05 then 'TEAM' else 'USER' end, 'concluded',
                   'phish', case when chance(substr(id, 5)::bigint, 62) < 0.7 then 'MALICIOUS' else 'SPAM' end, received_at, recipients[1],
                   recipients[1], true, 'microsoft365', recipients[1], id, subject, header_from
            from messages where reported`.execute(db);
  await sql`insert into retractions (id, tenant, cause, state, preview, message_id, internet_message_ids, fingerprint, subject, destination,
              requested_by, requested_at)
            select 'ret_' || substr(id, 5), tenant, (array['psr', 'pdr', 'manual'])[1 + substr(id, 5)::bigint % 3], 'done',
                   chance(substr(id, 5)::bigint, 63) < 0.2, id, array[internet_message_id], '{}', subject,
                   case when chance(substr(id, 5)::bigint, 64) < 0.7 then 'Quarantine' else 'JunkEmail' end, 'reelback',
                   received_at + interval '5 minutes'
            from messages where disposition = 'MALICIOUS'`.execute(db);
  await sql`insert into retraction_copies (retraction_id, mailbox, provider, provider_message_id, state, internet_message_id, subject,
              from_folder, was_read, destination, acted_at)
            select r.id, 'person' || (hashint8extended(k, 65) & 8191) % 5000 || '@example.org', 'microsoft365', 'AAMk' || k,
                   case when chance(k, 66) < 0.9 then 'retracted' when chance(k, 66) < 0.95 then 'failed' else 'restored' end,
                   r.internet_message_ids[1], r.subject, 'Inbox', chance(k, 67) < 0.3, r.destination, r.requested_at
            from retractions r, generate_series(1, 6) as k`.execute(db);
  for (const table of ['messages', 'message_copies', 'submissions', 'retractions', 'retraction_copies', 'verdicts'])
    await sql.raw(`vacuum (analyze) ${table}`).execute(db);
}

/** The same in another week; `oldwave` is in half the mails of two of them. */
const insertLike = (made: number, time: number, times: number) => {
  const own = ['id', 'sha256', 'internet_message_id', 'received_at', 'sent_at', 'judged_at', 'cluster_id', 'words'];
  const same = [
    'tenant',
    'subject',
    'header_from',
    'fingerprint',
    'recipients',
    'delivery_mode',
    'from_name',
    'envelope_from',
  ].concat([
    'reply_to',
    'size',
    'domains',
    'disposition',
    'finding_ids',
    'attributes',
    'facts',
    'reported',
    'campaign_key',
  ]);
  const at = `received_at - interval '${DAYS} days' * ${time / times}`;
  const old = time / times > 0.5 && time / times <= 0.6;
  return `insert into messages (${[...own, ...same].join(', ')})
    select 'msg_' || i + ${made * time}, md5((i + ${made * time})::text) || md5((i + ${made * time + 1})::text),
           '<m' || i + ${made * time} || '@' || split_part(header_from, '@', 2) || '>', ${at}, ${at}, ${at}, 'msg_' || i + ${made * time},
           ${old ? "case when i % 2 = 0 then words || '''oldwave'':8A'::tsvector else words end" : 'words'}, ${same.join(', ')}
    from (select *, substr(id, 5)::bigint as i from made) as made order by i`;
};

/** The newest. Of their words `w0` stands in every fourth subject, the last in none of a thousand. */
const insertMessages = (count: number, times: number) => `
insert into messages (id, tenant, sha256, internet_message_id, subject, header_from, fingerprint, recipients, received_at, cluster_id,
  delivery_mode, from_name, envelope_from, reply_to, sent_at, size, domains, disposition, judged_at, finding_ids, attributes, facts, words,
  reported, campaign_key)
select 'msg_' || i, '${TENANT}', md5(i::text) || md5((i + 1)::text), '<m' || i || '@' || domain || '>', subject, sender,
  jsonb_build_object('version', 1, 'simhash', md5(i::text), 'keys', array(select md5((i * k)::text) from generate_series(1, 12) k)),
  array[recipient], at, 'msg_' || i, case when reported then 'REVIEW_SUBMISSION' else 'API' end, 'Sender ' || s, 'bounce@' || domain, '', at, 20000, array[domain],
  disposition, at, finding_ids, case when chance(i, 40) < 0.004 then '{EXECUTABLE}'::text[] else '{}' end,
  jsonb_build_object('to', jsonb_build_array(jsonb_build_object('name', 'Person', 'address', recipient)), 'cc', '[]'::jsonb,
    'links', (select jsonb_agg(jsonb_build_object('url', 'hxxps[:]//' || md5((i + k)::text) || '[.]example/' || md5((i - k)::text),
              'host', 'h' || k, 'text', 'Read more', 'source', 'html')) from generate_series(1, 8) k),
    'attachments', '[]'::jsonb, 'received', jsonb_build_array(jsonb_build_object('from', 'mail.' || domain, 'by', 'mx.example.org',
    'ip', ip, 'date', at)), 'helo', null, 'originatingIp', null, 'mimeStructure', 'multipart/alternative(text/plain,text/html)', 'senderDomain', domain),
  (subject_words || format(' ''%s'':20B ''sender'':21B ''%s'':22B ''%s'':20B ''%s'':30C ''example.org'':31C ''ip:%s'':40 ''%s'':41 ''url:%s'':42',
    sender, s, domain, recipient, ip, linked, left(md5((i % 200000)::text), 20))
    || case when chance(i, 41) < 0.2 then format(' ''file:%s.pdf'':43 ''file:pdf'':43 ''sha256:%s'':44', 'doc' || i % 30000, md5((i % 30000)::text) || md5('x')) else '' end
    || (select string_agg(' ''x' || floor(60000 * power(chance(i, 100 + k), 2)) || ''':' || 50 + k, '') from generate_series(1, 20) k))::tsvector,
  reported, case when disposition <> 'NONE' then 'campaign-' || i % 20000 end
from (
  select i, at, s, 'sender' || s || '@' || domain as sender, domain, recipient, ip, subject, subject_words, linked, chance(i, 50) < 0.02 as reported,
    case when d < 0.9 then 'NONE' when d < 0.94 then 'SPAM' when d < 0.97 then 'BULK' when d < 0.98 then 'SUSPICIOUS' when d < 0.987 then 'SPOOF' else 'MALICIOUS' end as disposition,
    case when d < 0.9 then '{}'::text[] else array['url.lookalike', 'f.' || floor(200 * power(chance(i, 42), 2))] end as finding_ids
  from (
    select i, timestamptz '${NEWEST.toISOString()}' - interval '${DAYS} days' * ((${count} - i)::float / ${count * times}) as at, chance(i, 1) as d,
      floor(${SENDERS} * power(chance(i, 2), 3))::int as s,
      'd' || floor(${SENDERS} * power(chance(i, 2), 3))::int % 9000 || '.example' as domain,
      'person' || floor(${MAILBOXES} * chance(i, 3))::int || '@example.org' as recipient,
      '203.0.113.' || floor(250 * power(chance(i, 4), 2)) as ip,
      'l' || floor(30000 * power(chance(i, 5), 3)) || '.example' as linked,
      (select string_agg('w' || floor(${WORDS} * power(chance(i, 10 + k), 3)), ' ') from generate_series(1, 7) k) as subject,
      (select string_agg(distinct format('''w%s'':%sA', floor(${WORDS} * power(chance(i, 10 + k), 3)), k), ' ') from generate_series(1, 7) k) as subject_words
    from generate_series(1::bigint, ${count}::bigint) as i) as one) as mail`;

const ABOUT_DETECTIONS = `
insert into verdicts (message_id, disposition, body, authentication, judged_at)
select id, disposition, jsonb_build_object('disposition', disposition, 'findings',
    (select jsonb_agg(jsonb_build_object('id', finding, 'family', 'url', 'severity', 'high', 'text', 'A link pretends to lead elsewhere.',
      'evidence', md5(id || finding))) from unnest(finding_ids) as finding), 'filler', repeat(md5(id), 20)),
  '{"spf":null,"dkim":[],"dmarc":null,"source":"none"}', judged_at
from messages where disposition <> 'NONE'`;

/** One of many, the early ones far more often. */
const skewed = (of: number, power: number, at: number) =>
  Math.floor(of * ((((at * 2_654_435_761) >>> 0) % 10_007) / 10_007) ** power);
const WORD = (at: number) => `w${skewed(WORDS, 3, at)}`;
const RARE_WORD = (at: number) => `w${WORDS - 1 - skewed(WORDS, 3, at)}`;
const SENDER = (at: number) => {
  const s = skewed(SENDERS, 3, at);
  return { address: `sender${s}@d${s % 9_000}.example`, domain: `d${s % 9_000}.example` };
};

const ever = { start: '2020-01-01T00:00:00Z', detections_only: false };
/** What people look for; the number makes one of many of the kind. */
export const SEARCH_KINDS: Record<string, (at: number) => MessageSearch> = {
  'list: detections, 30 days': () => ({}),
  'list: all mail, 30 days': () => ({ detections_only: false }),
  'list: malicious, 90 days': () => ({ query: 'disposition:malicious after:90d' }),
  'list: malicious, ever': () => ({ query: 'disposition:malicious', start: ever.start }),
  'one word, detections, 30 days': (at) => ({ query: WORD(at) }),
  'one word, ever': (at) => ({ ...ever, query: WORD(at) }),
  'a rare word, ever': (at) => ({ ...ever, query: RARE_WORD(at) }),
  'a word that is nowhere': (at) => ({ ...ever, query: `nowhere${at}` }),
  'two words, ever': (at) => ({ ...ever, query: `${WORD(at)} ${WORD(at + 7)}` }),
  'three words, ever': (at) => ({ ...ever, query: `${WORD(at)} ${WORD(at + 7)} ${RARE_WORD(at)}` }),
  'the commonest two, malicious, ever': () => ({ ...ever, query: 'w0 w1 disposition:malicious' }),
  'a phrase, ever': (at) => ({ ...ever, query: `"w0 w${at % 9}"` }),
  'a common word of old mail': () => ({ ...ever, query: 'oldwave' }),
  'a common word of old mail, malicious': () => ({ ...ever, query: 'oldwave disposition:malicious' }),
  'a word, not another': (at) => ({ ...ever, query: `${WORD(at)} -w0` }),
  'a beginning of words': (at) => ({ ...ever, query: `w1${at % 10}*` }),
  'from an address': (at) => ({ ...ever, query: `from:${SENDER(at).address}` }),
  'from a domain': (at) => ({ ...ever, query: `from:${SENDER(at).domain}` }),
  'to an address': (at) => ({ ...ever, query: `to:person${at * 37}@example.org` }),
  'a domain, anywhere': (at) => ({ ...ever, query: `domain:l${skewed(30_000, 3, at)}.example` }),
  'an address of a server': (at) => ({ ...ever, query: `ip:203.0.113.${skewed(250, 2, at)}` }),
  'a file name': (at) => ({ ...ever, query: `attachment:doc${at * 97}.pdf` }),
  'a finding': (at) => ({ query: `reason:f.${skewed(200, 2, at)}`, start: ever.start }),
  'an attribute': () => ({ query: 'attribute:EXECUTABLE', start: ever.start }),
  'a Message-ID': (at) => ({ query: `message_id:m${at * 1_009}@${SENDER(at).domain}` }),
  'a mailbox': (at) => ({ ...ever, query: `mailbox:person${at * 41}@example.org` }),
  'what was reported': () => ({ query: 'is:reported' }),
  'reports of the team, ever': () => ({ query: 'team_malicious_submission', start: ever.start }),
  'what a report took back, ever': () => ({ query: 'phish_submission_response', start: ever.start }),
  'moved, 30 days': () => ({ message_action: 'MOVED' }),
  'quarantined, and a word, ever': (at) => ({ query: `is:quarantined ${WORD(at)}`, start: ever.start }),
};
