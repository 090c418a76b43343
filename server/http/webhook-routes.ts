/** Targets that are told of alerts and of what was moved. */
import Type from 'typebox';
import { Page } from '../../shared/api.ts';
import { NewWebhook, Webhook, WebhookChange, WebhookTest, WebhookWithSecret } from '../../shared/webhook.ts';
import type { App } from './app.ts';
import { bodyIsOptional, IdParams } from './lists.ts';
import type { HttpDeps } from './options.ts';
import { notFound } from './problem.ts';

const URL_OF_ALL = '/settings/webhooks';

export function webhookRoutes(app: App, { webhooks }: HttpDeps): void {
  const config = { access: { role: 'config_admin' } } as const;
  const tags = ['settings'];
  app.get(
    URL_OF_ALL,
    {
      config,
      schema: {
        operationId: 'webhooks',
        tags,
        summary: 'Webhooks, and how each of them does',
        response: { 200: Page(Webhook) },
      },
    },
    async () => ({ items: await webhooks.list() }),
  );
  app.post(
    URL_OF_ALL,
    {
      config,
      schema: {
        operationId: 'addWebhook',
        tags,
        summary: 'Adds a webhook; the key of its signatures is answered this once',
        body: NewWebhook,
        response: { 201: WebhookWithSecret },
      },
    },
    async (request, reply) => reply.code(201).send(await webhooks.add(request.body, request.actor!.id)),
  );
  app.get(
    `${URL_OF_ALL}/:id`,
    {
      config,
      schema: {
        operationId: 'webhook',
        tags,
        summary: 'One webhook',
        params: IdParams,
        response: { 200: Webhook },
      },
    },
    async (request) => found(await webhooks.get(request.params.id)),
  );
  app.patch(
    `${URL_OF_ALL}/:id`,
    {
      config,
      schema: {
        operationId: 'changeWebhook',
        tags,
        summary: 'Changes a webhook; it is tried at once',
        params: IdParams,
        body: WebhookChange,
        response: { 200: Webhook },
      },
    },
    async (request) => found(await webhooks.change(request.params.id, request.body, request.actor!.id)),
  );
  app.delete(
    `${URL_OF_ALL}/:id`,
    {
      config,
      schema: {
        operationId: 'removeWebhook',
        tags,
        summary: 'Removes a webhook, and what waits for it',
        params: IdParams,
        response: { 204: Type.Null() },
      },
    },
    async (request, reply) => {
      if (!(await webhooks.remove(request.params.id, request.actor!.id))) throw notFound();
      return reply.code(204).send(null);
    },
  );
  app.post(
    `${URL_OF_ALL}/:id/secret`,
    {
      preValidation: bodyIsOptional,
      config,
      schema: {
        operationId: 'rotateWebhook',
        tags,
        summary: 'A new key; what was signed with the old one no longer proves anything',
        params: IdParams,
        response: { 200: WebhookWithSecret },
      },
    },
    async (request) => found(await webhooks.rotate(request.params.id, request.actor!.id)),
  );
  app.post(
    `${URL_OF_ALL}/:id/test`,
    {
      preValidation: bodyIsOptional,
      config,
      schema: {
        operationId: 'testWebhook',
        tags,
        summary: 'Sends an event that says it is a test, and answers what came back',
        params: IdParams,
        response: { 200: WebhookTest },
      },
    },
    async (request) => found(await webhooks.test(request.params.id, request.actor!.id)),
  );
}

function found<T>(answer: T | null): T {
  if (answer === null) throw notFound();
  return answer;
}
