/** Who is signed in to the dashboard, and who is on the way. */
import { sql } from 'kysely';
import { type Db, row, rows, touched } from './database.ts';

export interface SessionRow {
  /** SHA-256 of the cookie's word. */
  cookie_sha256: string;
  tenant: string;
  person: string;
  role: 'viewer' | 'soc_analyst' | 'config_admin' | 'super_admin';
  signed_in_with: 'token' | 'oidc';
  /** SHA-256 of what the sign-in rested on. */
  rests_on: string;
  signed_in_at: Date;
  seen_at: Date;
  expires_at: Date;
}

/** Sessions that have ended make room. */
export async function insertSession(trx: Db, s: SessionRow, idleSince: Date): Promise<void> {
  await sql`delete from dashboard_sessions where expires_at <= ${s.signed_in_at} or seen_at <= ${idleSince}`.execute(
    trx,
  );
  await sql`insert into dashboard_sessions (cookie_sha256, tenant, person, role, signed_in_with, rests_on, signed_in_at, seen_at, expires_at)
            values (${s.cookie_sha256}, ${s.tenant}, ${s.person}, ${s.role}, ${s.signed_in_with}, ${s.rests_on},
                    ${s.signed_in_at}, ${s.seen_at}, ${s.expires_at})`.execute(trx);
}

export interface Living {
  tenant: string;
  now: Date;
  /** Sessions that were seen last before this have ended. */
  idleSince: Date;
  /** What sign-ins may rest on today. */
  grounds: readonly string[];
}

const alive = ({ tenant, now, idleSince, grounds }: Living) =>
  sql`tenant = ${tenant} and expires_at > ${now} and seen_at > ${idleSince} and rests_on = any(${[...grounds]}::text[])`;

/** null: none, or it has ended. */
export async function livingSession(db: Db, cookieSha256: string, living: Living): Promise<SessionRow | null> {
  return row<SessionRow>(
    db,
    sql`select * from dashboard_sessions where cookie_sha256 = ${cookieSha256} and ${alive(living)}`,
  );
}

export async function livingSessions(db: Db, living: Living): Promise<SessionRow[]> {
  return rows<SessionRow>(
    db,
    sql`select * from dashboard_sessions where ${alive(living)} order by person, signed_in_at limit 1000`,
  );
}

export async function seeSession(db: Db, cookieSha256: string, at: Date): Promise<void> {
  await sql`update dashboard_sessions set seen_at = ${at} where cookie_sha256 = ${cookieSha256} and seen_at < ${at}`.execute(
    db,
  );
}

/** @returns the person whose session it was; null when there was none. */
export async function deleteSession(trx: Db, tenant: string, cookieSha256: string): Promise<string | null> {
  const found = await row<{ person: string }>(
    trx,
    sql`delete from dashboard_sessions where tenant = ${tenant} and cookie_sha256 = ${cookieSha256} returning person`,
  );
  return found?.person ?? null;
}

/** @returns how many there were. */
export async function deleteSessionsOf(trx: Db, tenant: string, person: string): Promise<number> {
  return touched(trx, sql`delete from dashboard_sessions where tenant = ${tenant} and person = ${person}`);
}

/** What a subject is called here: as at its first sign-in, whatever the provider calls it by now. */
export async function personOfSubject(trx: Db, tenant: string, subject: string, called: string): Promise<string> {
  const known = () =>
    row<{ person: string }>(
      trx,
      sql`select person from dashboard_people where tenant = ${tenant} and subject = ${subject}`,
    );
  const insert = (person: string) =>
    touched(
      trx,
      sql`insert into dashboard_people (tenant, subject, person) values (${tenant}, ${subject}, ${person})
          on conflict do nothing`,
    );
  const found = await known();
  if (found) return found.person;
  // The name may be another's: then the subject tells the two apart.
  if ((await insert(called)) === 0) await insert(`${called} (${subject})`);
  return (await known())!.person;
}

export interface AttemptRow {
  state_sha256: string;
  tenant: string;
  browser_sha256: string;
  nonce: string;
  code_verifier: string;
  return_to: string;
  expires_at: Date;
}

export async function insertAttempt(db: Db, a: AttemptRow, now: Date): Promise<void> {
  await sql`delete from sign_in_attempts where expires_at <= ${now}`.execute(db);
  await sql`insert into sign_in_attempts (state_sha256, tenant, browser_sha256, nonce, code_verifier, return_to, expires_at)
            values (${a.state_sha256}, ${a.tenant}, ${a.browser_sha256}, ${a.nonce}, ${a.code_verifier}, ${a.return_to}, ${a.expires_at})`.execute(
    db,
  );
}

/** Takes it out: whoever comes again with the same state finds nothing. */
export async function takeAttempt(
  db: Db,
  tenant: string,
  { state, browser, now }: { state: string; browser: string; now: Date },
): Promise<AttemptRow | null> {
  return row<AttemptRow>(
    db,
    sql`delete from sign_in_attempts where tenant = ${tenant} and state_sha256 = ${state} and browser_sha256 = ${browser}
          and expires_at > ${now} returning *`,
  );
}
