/** Taking judged messages back by hand, and deleting for good what was taken back. */
import Type from 'typebox';
import { MoveAnswer, RetractionView } from '../../shared/api.ts';
import { Effects, MessageIds, MoveRequest, PurgeRequest } from '../../shared/effects.ts';
import { languageOf } from '../../shared/i18n/language.ts';
import { DESTINATIONS } from '../../shared/retraction.ts';
import type { Moved } from '../retraction/face.ts';
import type { App } from './app.ts';
import { bodyIsOptional, IdParams } from './lists.ts';
import type { HttpDeps } from './options.ts';
import { notFound, Problem } from './problem.ts';

/** How long a preview takes at least before asking again makes sense. */
const COUNTING_SECONDS = 2;

export function moveRoutes(app: App, { retractions }: HttpDeps): void {
  app.get(
    '/messages/effects',
    {
      config: { access: { role: 'soc_analyst' } },
      schema: {
        operationId: 'messageEffects',
        tags: ['dashboard'],
        summary: 'What moving these messages would do in each suite, as far as their copies are known',
        querystring: Type.Object({
          ids: MessageIds,
          destination: Type.Enum([...DESTINATIONS]),
        }),
        response: { 200: Effects },
      },
    },
    async (request) => {
      const ids = [...new Set(request.query.ids.split(','))];
      const language = languageOf(request.headers['accept-language'] ?? '');
      const effects = await retractions.effectsOfMessages(ids, request.query.destination, language);
      if (!effects) throw notFound();
      return effects;
    },
  );

  app.post(
    '/messages/move',
    {
      config: { access: { role: 'soc_analyst' } },
      schema: {
        operationId: 'move',
        tags: ['dashboard'],
        summary: 'Take judged messages back by hand, all or none, or to the Inbox put them back',
        description:
          'The guard and protected mailboxes hold as ever. RecoverableItemsPurges deletes for good what was taken back: ' +
          'the first request answers 409 `counting` or `confirmation_required` with a token, the second one carries it.',
        body: MoveRequest,
        response: { 202: MoveAnswer },
      },
    },
    async (request, reply) => {
      const language = languageOf(request.headers['accept-language'] ?? '');
      const items = done(await retractions.move(request.body, request.actor!, language));
      return reply.code(202).send({ ...items[0]!, items });
    },
  );

  app.post(
    '/retractions/:id/purge',
    {
      preValidation: bodyIsOptional,
      config: { access: { role: 'soc_analyst' } },
      schema: {
        operationId: 'purge',
        tags: ['dashboard'],
        summary: 'Delete for good what was taken back',
        description:
          'Without a token it answers 409 `confirmation_required`: what would be destroyed, and the token that does it.',
        params: IdParams,
        body: PurgeRequest,
        response: { 202: RetractionView },
      },
    },
    async (request, reply) => {
      const language = languageOf(request.headers['accept-language'] ?? '');
      const token = request.body.confirmation ?? null;
      const [view] = done(await retractions.purge(request.params.id, token, request.actor!, language));
      return reply.code(202).send(view!);
    },
  );
}

/** @throws Problem for everything but what has been done */
function done(moved: Moved | null): RetractionView[] {
  if (!moved) throw notFound();
  if (moved.state === 'done') return moved.retractions;
  if (moved.state === 'counting') {
    throw new Problem(409, 'counting', 'Copies are being counted first; nothing is moved. Ask again in a moment.', {
      retryAfterSeconds: COUNTING_SECONDS,
      more: { retraction_id: moved.retractionId },
    });
  }
  const { confirmation, outdated } = moved;
  throw outdated
    ? new Problem(409, 'confirmation_outdated', 'Other copies lie there by now: please look again.', {
        more: { confirmation },
      })
    : new Problem(409, 'confirmation_required', 'This cannot be undone. Confirm with the token to delete for good.', {
        more: { confirmation },
      });
}
