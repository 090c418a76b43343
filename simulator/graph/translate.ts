/** `POST /users/{id}/translateExchangeIds`: between the spellings of one item's id. */
import { ewsSpelling, restSpelling } from '../tenant/ids.ts';
import { type Answer, json } from '../wire.ts';
import { bodyOf, type Call, mailboxOf } from './call.ts';
import { badRequest } from './errors.ts';

const kinds = new Set(['entryId', 'ewsId', 'immutableEntryId', 'restId', 'restImmutableEntryId']);

/** An id that cannot be translated comes back without `targetId`, with `errorDetails`. */
export function translateIds(call: Call): Answer {
  const mailbox = mailboxOf(call, false);
  const body = bodyOf(call);
  const [from, to, ids] = [body.get('sourceidtype'), body.get('targetidtype'), body.get('inputids')];
  if (!kinds.has(String(from)) || !kinds.has(String(to)))
    throw badRequest('sourceIdType or targetIdType is not valid.');
  if (!Array.isArray(ids) || ids.length > 1000) throw badRequest('inputIds must be a collection of at most 1000 ids.');
  const value = ids.map((input: unknown) => {
    const sourceId = String(input);
    const spelled = from === 'ewsId' ? restSpelling(sourceId) : sourceId;
    const item = mailbox.item(spelled);
    // A REST id spelled the EWS way is not found, although both are the same id underneath.
    const right =
      item &&
      (from === 'ewsId' ? ewsSpelling(item.id) === sourceId : item.id === sourceId || item.immutableId === sourceId);
    if (!right) return { sourceId, errorDetails: { code: 'ErrorInvalidId', message: 'The ID is invalid.' } };
    const targetId = to === 'restImmutableEntryId' ? item.immutableId : to === 'ewsId' ? ewsSpelling(item.id) : item.id;
    return { sourceId, targetId };
  });
  return json(200, { '@odata.context': `${call.base}/$metadata#Collection(microsoft.graph.convertIdResult)`, value });
}
