/** One person's data: handed out as a file, shown before it is erased, erased as shown. */
import { createHash } from 'node:crypto';
import { PermanentError } from '../../shared/errors.ts';
import type { PersonErased, PersonPreview } from '../../shared/people.ts';
import { audit, freshPseudonym, knownPseudonym } from '../store/audit.ts';
import { getBlob } from '../store/blobs.ts';
import { notify } from '../store/changes.ts';
import type { Db, Store } from '../store/database.ts';
import { erasePerson, findPerson, keptOfPerson, type PersonKeys, recordsOf, reportsOf } from '../store/people.ts';
import { pseudonymOf } from './votes.ts';

export interface PersonFile {
  name: string;
  /** Read when it is its turn: a mail may have 25 MB. null: no longer kept. */
  read(): Promise<Uint8Array | null>;
}

export interface People {
  /** What erasing would do; null when nothing is known of the address. */
  preview(address: string): Promise<PersonPreview | null>;
  /** `person.json` first, then the mails they handed in; null when nothing is known of the address. */
  export(address: string, actor: string): Promise<PersonFile[] | null>;
  /**
   * Erases what the preview of this confirmation showed, in one transaction.
   * @throws PermanentError `confirmation_outdated` when it would be something else by now
   */
  erase(address: string, confirmation: string, actor: string): Promise<PersonErased | null>;
}

export interface PeopleWorld {
  tenant: string;
  store: Store;
  now: () => Date;
}

export function openPeople({ tenant, store, now }: PeopleWorld): People {
  const personOf = async (db: Db, given: string): Promise<PersonKeys> => {
    const person = await findPerson(db, tenant, given.trim().toLowerCase());
    const voters: string[] = [];
    for (const { provider, userId } of person.users)
      voters.push(await pseudonymOf(db, { tenant, provider, reporter_user_id: userId }));
    return { ...person, voters };
  };

  return {
    async preview(address) {
      const person = await personOf(store.db, address);
      const erased = await tried(store, (trx) => erasePerson(trx, person, now()));
      const kept = await keptOfPerson(store.db, person);
      if (![...Object.values(erased), ...Object.values(kept)].some((count) => count > 0)) return null;
      return { addresses: person.addresses, erased, kept, confirmation: confirmationOf(person, erased) };
    },

    export: (address, actor) =>
      store.inTransaction(async (trx) => {
        const person = await personOf(trx, address);
        const reports = await reportsOf(trx, person);
        const records = await recordsOf(trx, person);
        if (reports.length === 0 && Object.values(records).every((rows) => rows.length === 0)) return null;
        const detail = { submissions: reports.length };
        await audit(trx, { tenant, actor, action: 'person.exported', subjectId: person.addresses[0]!, detail });
        const body = { addresses: person.addresses, exported_at: now().toISOString(), reports, ...records };
        const mails = new Set(reports.flatMap((report) => [report.upload_sha256, report.message_sha256]));
        return [
          { name: 'person.json', read: async () => Buffer.from(`${JSON.stringify(body, null, 2)}\n`) },
          ...[...mails]
            .filter((sha256) => sha256 !== null)
            .map((sha256) => ({ name: `mails/${sha256}.eml`, read: () => getBlob(store.db, sha256) })),
        ];
      }),

    erase: (address, confirmation, actor) =>
      store.inTransaction(async (trx) => {
        const person = await personOf(trx, address);
        // Before it stands for nobody.
        const subjectId = (await knownPseudonym(trx, tenant, person.addresses[0]!)) ?? freshPseudonym();
        const erased = await erasePerson(trx, person, now());
        if (!Object.values(erased).some((count) => count > 0)) return null;
        if (confirmationOf(person, erased) !== confirmation)
          throw new PermanentError('confirmation_outdated', 'Something has changed since this was shown: look again.');
        // Whoever erases themselves is not written down anew.
        const by = person.addresses.includes(actor) ? subjectId : actor;
        await audit(trx, { tenant, actor: by, action: 'person.erased', subjectId, detail: { ...erased } });
        await notify(trx, 'retractions');
        return { erased, kept: await keptOfPerson(trx, person) };
      }),
  };
}

/** Pseudonyms are made by looking (an export is written down), so they are no part of what was shown. */
function confirmationOf({ addresses }: PersonKeys, erased: PersonErased['erased']): string {
  const shown = JSON.stringify([addresses, { ...erased, audit_pseudonyms: 0 }]);
  return createHash('sha256').update(shown).digest('base64url').slice(0, 32);
}

class OnlyTried extends Error {}

/** What a change would do: it is made, and taken back. */
async function tried<T>(store: Store, change: (trx: Db) => Promise<T>): Promise<T> {
  let result: { value: T } | null = null;
  await store
    .inTransaction(async (trx) => {
      result = { value: await change(trx) };
      throw new OnlyTried();
    })
    .catch((error: unknown) => {
      if (!(error instanceof OnlyTried)) throw error;
    });
  return result!.value;
}
