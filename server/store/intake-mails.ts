/** Mail that has been accepted and waits to become a report, a seen delivery or an invalid submission. */
import { promisify } from 'node:util';
import { brotliCompress, brotliDecompress, constants } from 'node:zlib';
import { sql } from 'kysely';
import { type Db, row } from './database.ts';

const compress = promisify(brotliCompress);
const decompress = promisify(brotliDecompress);

export interface IntakeMail {
  id: string;
  tenant: string;
  /** Lower case. */
  recipient: string;
  /** RFC 5321.MailFrom; '' is the null sender. */
  envelope_from: string;
  client_ip: string;
  helo: string;
  size: number;
  /** Of the bytes as received, lower-case hex. */
  sha256: string;
  received_at: Date;
}

export interface ClaimedMail extends IntakeMail {
  raw: Uint8Array;
  attempts: number;
}

/** Bytes as they are kept; done before a transaction is opened. */
export interface PackedMail {
  encoding: 'br' | 'identity';
  bytes: Buffer;
}

export async function packMail(raw: Uint8Array): Promise<PackedMail> {
  const packed = await compress(raw, { params: { [constants.BROTLI_PARAM_QUALITY]: 1 } });
  return packed.length < raw.length
    ? { encoding: 'br', bytes: packed }
    : { encoding: 'identity', bytes: Buffer.from(raw) };
}

export async function insertIntakeMail(trx: Db, mail: IntakeMail, packed: PackedMail): Promise<void> {
  await sql`insert into intake_mails (id, tenant, recipient, envelope_from, client_ip, helo, size, sha256, encoding, raw, received_at)
            values (${mail.id}, ${mail.tenant}, ${mail.recipient}, ${mail.envelope_from}, ${mail.client_ip}, ${mail.helo},
                    ${mail.size}, ${mail.sha256}, ${packed.encoding}, ${packed.bytes}, ${mail.received_at})`.execute(
    trx,
  );
}

/** Takes the oldest mail that is due; null when there is none. Whoever finishes must still hold it. */
export async function claimIntakeMail(
  db: Db,
  tenant: string,
  owner: string,
  now: Date,
  leaseMs: number,
): Promise<ClaimedMail | null> {
  const found = await row<IntakeMail & { raw: Buffer; encoding: 'br' | 'identity'; attempts: number }>(
    db,
    sql`update intake_mails set owner = ${owner}, lease_until = ${new Date(now.getTime() + leaseMs)}, attempts = attempts + 1
        where id = (select id from intake_mails where tenant = ${tenant}
                      and (not_before is null or not_before <= ${now}) and (lease_until is null or lease_until < ${now})
                    order by received_at limit 1 for update skip locked)
        returning id, tenant, recipient, envelope_from, client_ip, helo, size, sha256, encoding, raw, received_at, attempts`,
  );
  if (!found) return null;
  const { encoding, ...mail } = found;
  return { ...mail, raw: encoding === 'br' ? await decompress(found.raw) : found.raw };
}

/** It has become what it was sent for. @returns false when the lease was lost */
export async function finishIntakeMail(trx: Db, id: string, owner: string): Promise<boolean> {
  const gone = await row(trx, sql`delete from intake_mails where id = ${id} and owner = ${owner} returning id`);
  return gone !== null;
}

export async function postponeIntakeMail(
  db: Db,
  id: string,
  owner: string,
  notBefore: Date,
  error: string,
): Promise<void> {
  await sql`update intake_mails set owner = null, lease_until = null, not_before = ${notBefore}, last_error = ${error}
            where id = ${id} and owner = ${owner}`.execute(db);
}

/** How much waits: a listener that nobody works for must not fill the disk. */
export async function waitingIntake(db: Db, tenant: string): Promise<{ mails: number; bytes: number }> {
  const found = await row<{ mails: number; bytes: number }>(
    db,
    sql`select count(*)::int as mails, coalesce(sum(size), 0)::bigint as bytes from intake_mails where tenant = ${tenant}`,
  );
  return found ?? { mails: 0, bytes: 0 };
}
