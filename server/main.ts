import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { type Logger, pino } from 'pino';
import type { Configuration } from './configuration.ts';
import { redact } from './http/log.ts';
import { openId } from './http/open-id.ts';
import { createHttp } from './http/server.ts';
import { openSessionBook } from './http/session-book.ts';
import { createBulkWorker } from './investigation/bulk-worker.ts';
import { openCasework } from './investigation/casework.ts';
import { openExports } from './investigation/exports.ts';
import { openInvestigations } from './investigation/investigations.ts';
import { openMetrics } from './investigation/metrics.ts';
import { startHeartbeat } from './jobs/heartbeat.ts';
import { openJobs } from './jobs/queue.ts';
import { followModel } from './learning/judging-model.ts';
import { learn } from './learning/learn.ts';
import { openModels } from './learning/models.ts';
import { tendModel } from './learning/retrain.ts';
import { dnsResolve, offlineResolve } from './lookups/dns.ts';
import { codeReader, wasmFileIn } from './lookups/read-codes.ts';
import { authenticate } from './message/authentication.ts';
import { openDatabase } from './open-database.ts';
import { openDelivery } from './open-delivery.ts';
import { openLookups } from './open-lookups.ts';
import { openMailIn, openMailOut } from './open-mail.ts';
import { openModel, openPrepare } from './open-model.ts';
import { openOutlets } from './open-outlets.ts';
import { identityOf, onlyTenant, outlookOf, providersOf } from './open-providers.ts';
import { openAuditLog } from './policies/audit-log.ts';
import { openLists } from './policies/lists.ts';
import { applyRetention } from './policies/retention.ts';
import { DEFAULT_SETTINGS, openSettings } from './policies/settings.ts';
import { openSetup } from './policies/setup.ts';
import { directoryIsFresh, listDirectory } from './retraction/directory.ts';
import { createEngine } from './retraction/engine.ts';
import { openRetractions } from './retraction/retractions.ts';
import { DEFAULT_TUNING, type RetractionWorld, type Tuning } from './retraction/world.ts';
import { groundsOf } from './sign-in-configuration.ts';
import { listenForChanges } from './store/changes.ts';
import { openStore, type Store } from './store/database.ts';
import { ownDomains } from './store/directory.ts';
import { keepSealing } from './store/seal-audit.ts';
import { workerHeard } from './store/workers.ts';
import { analyseSubmission } from './submission/analyse.ts';
import { type JudgeSettings, judgeWith } from './submission/judge.ts';
import { knownCases } from './submission/known-cases.ts';
import { openPeople } from './submission/people.ts';
import { readerHere, readerOnThread } from './submission/reader.ts';
import { rejudgeCluster } from './submission/rejudge.ts';
import { openSubmissions } from './submission/submissions.ts';
import { watchSubmissions } from './submission/watch.ts';
import type { SubmissionWorld } from './submission/world.ts';

export interface ServeOptions {
  /** The folder of package.json: migrations, models and built bundles are found from here. */
  rootDir: string;
  http: boolean;
  worker: boolean;
  /** File of the bundled read-worker, on whose thread reported mails are read within a budget; default: in this thread. */
  readWorker?: string;
  /** File of the bundled lure-worker, whose process looks at links where that is switched on; default: nobody looks. */
  lureWorker?: string;
  /** File of the bundled prepare-worker, on whose thread versions of the model are trained; default: in this thread. */
  trainWorker?: string;
  /** Default: JSON lines on stdout. */
  logger?: Logger;
  tuning?: Partial<Tuning>;
}

export interface RunningServer {
  /** Where it listens; null without http. */
  url: string | null;
  /** Where mail for the service addresses is taken; null without. */
  smtpPort: number | null;
  /** Whether every report that is due has been judged and every retraction has done what is due now. */
  idle(): Promise<boolean>;
  /** Finishes what is under way and stops. */
  stop(): Promise<void>;
}

/** The whole server: the only place that knows every room. @throws PermanentError for a configuration that cannot work */
export async function serve(configuration: Configuration, options: ServeOptions): Promise<RunningServer> {
  const logger = options.logger ?? pino({ level: process.env.LOG_LEVEL ?? 'info' });
  const onError = (error: Error) => logger.warn({ error: redact(error.message) }, 'background connection');
  for (const warning of configuration.warnings) logger.warn(warning);
  const tenant = onlyTenant(configuration);
  const stops: (() => Promise<unknown>)[] = [];
  const stop = async () => {
    // In the reverse order of the start: doors first, the database last.
    for (const step of stops.splice(0).reverse()) await step();
  };

  try {
    const database = await openDatabase(configuration, options.rootDir, (line) => logger.info(line));
    stops.push(() => database.close());
    const store = openStore(database.url, onError);
    stops.push(() => store.close());
    const changes = await listenForChanges(database.url, onError);
    stops.push(() => changes.close());
    const jobs = await openJobs(database.url, changes, onError);
    stops.push(() => jobs.stop());

    const now = () => new Date();
    const name = tenant?.tenantId ?? 'default';
    const lists = openLists(store, name, randomId);
    const settings = openSettings(store, name, DEFAULT_SETTINGS);
    const log = redacting(logger);
    const tuning: Tuning = {
      ...DEFAULT_TUNING,
      leaseMs: configuration.workLeaseMs,
      confirmDelaysMs: configuration.confirmDelaysMs,
      ...options.tuning,
    };
    const providers = providersOf(configuration);
    const resolve =
      configuration.dns === 'off' ? offlineResolve : dnsResolve({ servers: configuration.dns ?? undefined });
    const trustedAuthservIds = configuration.authservIds;
    const mailOut = openMailOut(configuration, { tenant: name, store, jobs, settings, now, randomId, log });
    stops.push(mailOut.close);
    const retractionWorld: RetractionWorld = {
      tenant: name,
      store,
      changes,
      providers,
      settings,
      authenticate: (raw, message) => authenticate(raw, message, { resolve, trustedAuthservIds, now: now() }),
      now,
      randomId,
      log,
      tuning,
      ...(mailOut.outbox ? { outbox: mailOut.outbox } : {}),
    };
    const domains = remembered(DOMAINS_KEPT_MS, now, () => ownDomains(store.db, name));
    const reader = options.readWorker
      ? readerOnThread(options.readWorker, options.rootDir)
      : readerHere(codeReader(wasmFileIn(options.rootDir)));
    stops.push(() => reader.close());
    const base = openModel(configuration, options.rootDir);
    const judging = await followModel({ tenant: name, store, changes, baseDigest: base.digest, log });
    stops.push(async () => judging.stop());
    const learningWorld = { tenant: name, store, jobs, ownDomains: domains, now, log, settings, base };
    const judgeSettings: JudgeSettings = {
      reader,
      model: base.model,
      local: judging.local,
      resolve,
      asksDns: configuration.dns !== 'off',
      trustedAuthservIds,
      lists,
      ownDomains: domains,
      knownCases: (message, own, at) => knownCases(store.db, name, message, own, at),
      now,
    };
    const submissionWorld: SubmissionWorld = {
      ...retractionWorld,
      jobs,
      leaseMs: tuning.leaseMs,
      lookAgainDelaysMs: configuration.lookAgainDelaysMs,
      judge: judgeWith({
        ...judgeSettings,
        lookups: openLookups(configuration, options, { store, settings, resolve, now, onError }),
      }),
    };
    const delivery = openDelivery(configuration, submissionWorld, judgeSettings, base);
    const submissions = openSubmissions(submissionWorld);
    const mailIn = openMailIn(configuration, {
      ...{
        tenant: name,
        store,
        jobs,
        settings,
        now,
        randomId,
        log,
        resolve,
        submissions,
        deliveries: delivery.deliveries,
      },
      authenticate: (raw, message) => authenticate(raw, message, { resolve, trustedAuthservIds, now: now() }),
    });
    const engine = createEngine(retractionWorld);
    const outlets = openOutlets(configuration, { ...retractionWorld, ownDomains: domains });
    const watch = watchSubmissions(submissionWorld);
    const investigations = openInvestigations({ tenant: name, store, providers, now, searchMs: SEARCH_MS });
    const bulk = createBulkWorker(submissionWorld, investigations.matching);

    if (options.worker) {
      await jobs.work({
        analyse: ({ submissionId }) => analyseSubmission(submissionWorld, submissionId),
        rejudge: async ({ clusterId }) => {
          await rejudgeCluster(submissionWorld, clusterId);
          await delivery.lookAgainNear(clusterId);
        },
        learn: () => learn(learningWorld),
        model: () => tendModel({ ...learningWorld, prepare: openPrepare(configuration, options, store, base) }),
        intake: mailIn.take,
        mail: mailOut.send,
        directory: () => listDirectory(retractionWorld),
        retention: async () => {
          await applyRetention(retractionWorld);
        },
      });
      engine.start();
      stops.push(() => engine.stop());
      outlets.sender.start();
      stops.push(() => outlets.sender.stop());
      watch.start();
      stops.push(() => watch.stop());
      delivery.watch.start();
      stops.push(() => delivery.watch.stop());
      bulk.start();
      stops.push(() => bulk.stop());
      warmDirectory(retractionWorld);
      const tell = (head: { position: number; hash: string }) => log.info(head, 'end of the audit chain');
      stops.push(keepSealing({ store, tenant: name, now }, tell, onError));
      stops.push(await startHeartbeat(store, randomId('wrk'), onError));
    }

    let url: string | null = null;
    let smtpPort: number | null = null;
    if (options.http) {
      const app = await createHttp({
        submissions,
        mail: mailOut.standing,
        retractions: openRetractions(retractionWorld),
        investigations,
        casework: openCasework(submissionWorld, investigations.matching),
        deliveries: delivery.deliveries,
        models: openModels(learningWorld),
        metrics: openMetrics({ tenant: name, store, settings, now, randomId }),
        settings,
        webhooks: outlets.webhooks,
        setups: openSetup({ tenant: name, store, settings, signIn: configuration.signIn.oidc !== null }),
        exports: openExports({ tenant: name, store, context: outlets.context, now }),
        lists,
        identity: identityOf(configuration, { fetch, now }),
        auditLog: openAuditLog(store, name),
        people: openPeople({ tenant: name, store, now }),
        sessions: openSessionBook({ tenant: name, store, now, grounds: groundsOf(configuration) }),
        openId: configuration.signIn.oidc && openId(configuration.signIn.oidc, { fetch, now }),
        health: [
          { name: 'database', check: () => settings.get('psr') },
          { name: 'queue', check: () => jobs.check() },
          { name: 'worker', check: () => workerIsHeard(store) },
        ],
        logger,
        now,
        randomId: () => randomId('req'),
        options: {
          publicUrl: configuration.publicUrl,
          adminToken: configuration.adminToken,
          tokenSignIn: configuration.signIn.token,
          maxMessageBytes: configuration.maxMessageBytes,
          trustedProxies: configuration.trustedProxies,
          outlook: tenant ? outlookOf(configuration, tenant) : null,
          folders: {
            dashboard: join(options.rootDir, 'dist/dashboard'),
            outlookAddin: join(options.rootDir, 'dist/outlook-addin'),
            manifest: join(options.rootDir, 'manifest.xml'),
          },
        },
      });
      stops.push(() => app.close());
      url = await app.listen({ host: configuration.host, port: configuration.port });
      const smtp = await mailIn.listen();
      if (smtp) stops.push(() => smtp.close());
      smtpPort = smtp?.port ?? null;
    }
    return {
      url,
      smtpPort,
      stop,
      idle: async () =>
        (await watch.idle()) &&
        (await bulk.idle()) &&
        (await engine.idle()) &&
        (await outlets.sender.idle()) &&
        (await delivery.watch.idle()) &&
        (await mailIn.idle()) &&
        (await mailOut.idle()),
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** A person waits for a search of all mailboxes. */
const SEARCH_MS = 10_000;

/** Ids that nobody guesses: 120 random bits. */
const randomId = (prefix: string) => `${prefix}_${randomBytes(15).toString('base64url').replace(/[-_]/g, '0')}`;

/** Rooms log errors of providers and databases, which may quote an address or a token. */
function redacting(logger: Logger) {
  const clean = (fields: Record<string, unknown>) =>
    Object.fromEntries(
      Object.entries(fields).map(([k, v]) => [k, k === 'error' && typeof v === 'string' ? redact(v) : v]),
    );
  return {
    info: (fields: Record<string, unknown>, text: string) => logger.info(clean(fields), text),
    warn: (fields: Record<string, unknown>, text: string) => logger.warn(clean(fields), text),
    error: (fields: Record<string, unknown>, text: string) => logger.error(clean(fields), text),
  };
}

/** The first report must not wait for the first listing of the directory. */
function warmDirectory(world: RetractionWorld): void {
  directoryIsFresh(world)
    .then((fresh) => (fresh ? undefined : listDirectory(world)))
    .catch((error: unknown) => {
      world.log.warn(
        { error: error instanceof Error ? error.message : String(error) },
        'the directory could not be listed yet',
      );
    });
}

// Three beats missed; reports are kept all the same, they only wait.
const WORKER_SILENT_SECONDS = 35;

async function workerIsHeard(store: Store): Promise<void> {
  if (!(await workerHeard(store.db, WORKER_SILENT_SECONDS))) throw new Error('no worker has been heard of late');
}

/** Own domains change when an administrator adds one; reading them walks the whole directory. */
const DOMAINS_KEPT_MS = 60_000;

function remembered<T>(keptMs: number, now: () => Date, read: () => Promise<T>): () => Promise<T> {
  let last: { at: number; value: Promise<T> } | null = null;
  return () => {
    const at = now().getTime();
    if (!last || at - last.at > keptMs) {
      const value = read();
      last = { at, value };
      // A failure is not remembered.
      value.catch(() => {
        last = null;
      });
    }
    return last.value;
  };
}
