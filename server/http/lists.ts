/** What every list and every address of one thing has in common. */
import type { FastifyRequest } from 'fastify';
import Type from 'typebox';

/** Ids are ours: a prefix and a random part. */
export const IdParams = Type.Object({ id: Type.String({ maxLength: 64, pattern: '^[a-z]{3}_[A-Za-z0-9_-]{1,60}$' }) });

export const PageQuery = {
  cursor: Type.Optional(Type.String({ maxLength: 500, description: '`next_cursor` of the page before.' })),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 1000, description: 'Default 50.' })),
};

/** A request without a body says what an empty object says. */
export async function bodyIsOptional(request: FastifyRequest): Promise<void> {
  request.body ??= {};
}

const DEFAULT_LIMIT = 50;

export function pageOf<T>(limit: number | undefined, read: (limit: number) => Promise<T>): Promise<T> {
  return read(limit ?? DEFAULT_LIMIT);
}
