/** The doors: every route, behind one identity hook, one error handler and one set of limits. */
import rateLimit from '@fastify/rate-limit';
import fastify, { LogController } from 'fastify';
import type { App } from './app.ts';
import { auditRoutes } from './audit-routes.ts';
import { authenticate } from './authenticate.ts';
import { brandRoutes } from './brand-routes.ts';
import { bulkRoutes } from './bulk-routes.ts';
import { endConnections } from './connections.ts';
import { dashboardRoutes } from './dashboard-routes.ts';
import { deliveryRoutes } from './delivery-routes.ts';
import { answerBrokenClient, answerErrors, sendProblem } from './error-handler.ts';
import { exportRoutes } from './export-routes.ts';
import { gmailRoutes } from './gmail-routes.ts';
import { healthRoutes } from './health-routes.ts';
import { invalidRoutes } from './invalid-routes.ts';
import { parseJsonBody } from './json-body.ts';
import { listRoutes } from './list-routes.ts';
import { logRequests } from './log.ts';
import { messageRoutes } from './message-routes.ts';
import { metricsRoutes } from './metrics-routes.ts';
import { modelRoutes } from './model-routes.ts';
import { moveRoutes } from './move-routes.ts';
import { describeApi, openapiRoute } from './openapi.ts';
import { type HttpDeps, LIMITS } from './options.ts';
import { outlookRoutes } from './outlook-routes.ts';
import { personRoutes } from './person-routes.ts';
import { reclassifyRoutes } from './reclassify-routes.ts';
import { reportRoutes } from './report-routes.ts';
import { retractionRoutes } from './retraction-routes.ts';
import { schemaCompiler } from './schema-compiler.ts';
import { protectPages } from './security-headers.ts';
import { cookiesOf } from './session.ts';
import { sessionRoutes } from './session-routes.ts';
import { settingsRoutes } from './settings-routes.ts';
import { setupRoutes } from './setup-routes.ts';
import { signInRoutes } from './sign-in-routes.ts';
import { similarRoutes } from './similar-routes.ts';
import { allowFiles } from './static-files.ts';
import { EventStreams } from './submission-events.ts';
import { submissionRoutes } from './submission-routes.ts';
import { verdictRoutes } from './verdict-routes.ts';
import { webhookRoutes } from './webhook-routes.ts';

/** Requests without a message are small; the report route sets its own limit. */
const BODY_LIMIT_BYTES = 256 * 1024;
/** 40 MB over a slow line of 2 Mbit/s. */
const REQUEST_TIMEOUT_MS = 180_000;

/**
 * The HTTP server, ready to listen or to be asked with `inject`. `close()` ends event streams, lets running requests
 * finish and answers new ones with 503.
 */
export async function createHttp(deps: HttpDeps): Promise<App> {
  const { options, now } = deps;
  const limits = { ...LIMITS, ...options.limits };
  const stopping = new AbortController();
  const closing = () => stopping.signal.aborted;

  const app = fastify({
    ...(deps.logger === false ? { logger: false } : { loggerInstance: deps.logger }),
    // One line of our own a request instead: the built-in ones carry addresses and queries.
    logController: new LogController({ disableRequestLogging: true }),
    genReqId: deps.randomId,
    requestIdHeader: false,
    trustProxy: options.trustedProxies.length > 0 ? [...options.trustedProxies] : false,
    bodyLimit: BODY_LIMIT_BYTES,
    requestTimeout: REQUEST_TIMEOUT_MS,
    forceCloseConnections: 'idle',
    return503OnClosing: true,
    clientErrorHandler: answerBrokenClient,
    frameworkErrors: (error, request, reply) => sendProblem(error, request, reply),
    routerOptions: { maxParamLength: 100 },
  }) as unknown as App;

  app.setValidatorCompiler(schemaCompiler);
  // The schemas of answers document; compiling them would let a surprise in a view become a 500.
  app.setSerializerCompiler(() => (value) => JSON.stringify(value));
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('application/json', { parseAs: 'buffer' }, async (_request: unknown, body: Buffer) =>
    parseJsonBody(body),
  );
  answerErrors(app, closing);
  logRequests(app);
  endConnections(app, stopping.signal);
  app.addHook('onSend', async (request, reply) => {
    reply.header('x-request-id', request.id);
  });

  await app.register(rateLimit, { global: false, cache: 20_000 });
  const cookies = cookiesOf(options.publicUrl.startsWith('https:'));
  authenticate(app, deps, cookies, limits);

  await describeApi(app, options);
  const streams = new EventStreams(limits);
  app.addHook('preClose', async () => {
    stopping.abort();
    await streams.close();
  });

  await app.register(async (api: App) => {
    await protectPages(api, 'api', options);
    healthRoutes(api, deps.health, closing, now);
  });
  await app.register(
    async (api: App) => {
      await protectPages(api, 'api', options);
      openapiRoute(api);
      reportRoutes(api, deps, limits, stopping.signal);
      submissionRoutes(api, deps, streams);
      invalidRoutes(api, deps, limits);
      verdictRoutes(api, deps);
      retractionRoutes(api, deps);
      moveRoutes(api, deps);
      reclassifyRoutes(api, deps, limits);
      bulkRoutes(api, deps);
      messageRoutes(api, deps);
      similarRoutes(api, deps);
      settingsRoutes(api, deps);
      deliveryRoutes(api, deps);
      modelRoutes(api, deps);
      metricsRoutes(api, deps);
      listRoutes(api, deps);
      webhookRoutes(api, deps);
      setupRoutes(api, deps);
      exportRoutes(api, deps);
      sessionRoutes(api, deps, cookies);
      signInRoutes(api, deps, cookies, limits);
      auditRoutes(api, deps);
      personRoutes(api, deps);
    },
    { prefix: '/api/v1' },
  );
  await allowFiles(app, options.folders.dashboard);
  await app.register(async (pages: App) => {
    await protectPages(pages, 'dashboard', options);
    dashboardRoutes(pages, options);
  });
  await app.register(async (pages: App) => {
    await protectPages(pages, 'gmail', options);
    gmailRoutes(pages, options);
    brandRoutes(pages, deps);
  });
  const { outlook } = options;
  if (outlook)
    await app.register(async (pages: App) => {
      await protectPages(pages, { outlook }, options);
      outlookRoutes(pages, options, outlook);
    });
  return app;
}
