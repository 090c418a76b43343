import { CompiledQuery } from 'kysely';
import type { Db } from '../../server/store/database.ts';

/** Rows of a statement, for what no function of the store asks. */
export async function ask<T>(db: Db, text: string, ...values: unknown[]): Promise<T[]> {
  return [...(await db.executeQuery(CompiledQuery.raw(text, values))).rows] as T[];
}
