/** Starts the simulator: one HTTP server on 127.0.0.1 that is a tenant, its token issuer and its Graph. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { createControl } from './control.ts';
import { Faults } from './faults.ts';
import { createGoogle, resetGoogle } from './google.ts';
import { defaultSettings } from './graph/call.ts';
import { createGraphDoor } from './graph/door.ts';
import { defaultRoles } from './identity/app.ts';
import { createLoginDoor } from './identity/door.ts';
import { createIssuer } from './identity/issuer.ts';
import { createSignIn, type SignInSetting } from './identity/sign-in.ts';
import { userAccessToken, userIdToken } from './identity/user-token.ts';
import { RequestLog } from './log.ts';
import { findItem, ownerOf } from './owner.ts';
import { seedDemo } from './seed/demo.ts';
import { seedLab } from './seed/lab.ts';
import { demoName, demoStaff } from './seed/people.ts';
import type { Handler, Simulator, SimulatorOptions } from './simulator.ts';
import { guidOf } from './tenant/ids.ts';
import type { Person } from './tenant/person.ts';
import { Tenant } from './tenant/tenant.ts';

/** Every start without options is the same tenant; ids and secret are made up. */
export async function startSimulator(options: SimulatorOptions = {}): Promise<Simulator> {
  const now = options.now ?? Date.now;
  const tenantId = (options.tenantId ?? guidOf('tenant|simulator')).toLowerCase();
  const clientId = options.clientId ?? guidOf('app|simulator');
  const app = {
    clientId,
    clientSecret: options.clientSecret ?? 'simulated-secret',
    certificate: options.certificate,
    roles: options.roles ?? [...defaultRoles],
    apiAudience: options.apiAudience ?? clientId,
  };
  const settings = { ...defaultSettings, latencyMs: options.latencyMs ?? 0, ...options.settings };
  const tenant = new Tenant(tenantId, now, options.idSalt);
  const random = options.random ?? Math.random;
  const faults = new Faults(random);
  const log = new RequestLog(options.keepLog ?? 20_000);
  const denied = new Set<string>();
  const mounts: { prefix: string; handler: Handler }[] = [];

  const listener = (request: IncomingMessage, response: ServerResponse) => void handle(request, response);
  const server = options.tls ? createTlsServer(options.tls, listener) : createServer(listener);
  server.keepAliveTimeout = 60_000;
  server.requestTimeout = 0;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port ?? 0, '127.0.0.1', () => resolve());
  });
  const port = (server.address() as AddressInfo).port;
  const url = `${options.tls ? 'https' : 'http'}://127.0.0.1:${port}`;
  const loginUrl = `${url}/login`;
  const graphUrl = `${url}/graph`;
  const signIn: SignInSetting = {
    redirectUris: [...(options.signIn?.redirectUris ?? [])],
    people: new Map(Object.entries(options.signIn?.people ?? (options.seed === 'demo' ? demoStaff : {}))),
    forgery: null,
  };
  const signInDesk = createSignIn({
    app,
    setting: signIn,
    issuer: `${loginUrl}/${tenantId}/v2.0`,
    tenantId,
    companyName: demoName,
    person: (address) => tenant.person(address) ?? undefined,
    now,
  });
  const issuer = createIssuer({ tenantId, loginUrl, app, signIn: signInDesk, now });
  mounts.push({
    prefix: '/graph',
    handler: createGraphDoor({ tenant, settings, faults, log, issuer, denied, random, base: `${graphUrl}/v1.0` }),
  });
  mounts.push({ prefix: '/login', handler: createLoginDoor({ issuer, faults, log, now }) });
  const { google, mounts: googleMounts } = createGoogle({
    url,
    now,
    random,
    faults,
    log,
    latencyMs: options.latencyMs ?? 0,
    idSalt: options.idSalt,
    options: options.google,
  });
  mounts.push(...googleMounts);

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    try {
      const target = request.url ?? '/';
      // The longest prefix wins, so that a page may live beside an API; among equals, what was mounted last.
      const [mount] = mounts
        .filter(({ prefix }) => target === prefix || target.startsWith(`${prefix}/`) || target.startsWith(`${prefix}?`))
        .sort((a, b) => b.prefix.length - a.prefix.length);
      if (mount) await mount.handler(request, response, new URL(target, url));
      else response.writeHead(404).end();
    } catch (error) {
      process.stderr.write(
        `simulator: ${request.method} ${request.url}: ${error instanceof Error ? error.stack : String(error)}\n`,
      );
      if (!response.headersSent) response.writeHead(500);
      response.end();
    }
  }

  const tokenSetting = () => ({
    issuer: `${loginUrl}/${tenantId}/v2.0`,
    tenantId,
    audience: app.apiAudience,
    clientId,
    now: now(),
  });
  const personOf = (address: string): Person => {
    const person = tenant.person(address);
    if (!person) throw new Error(`nobody is called ${address} in the simulator`);
    return person;
  };
  const owner = ownerOf(tenant, faults);
  const seed = () => {
    if (options.seed !== 'demo') return;
    const start = now();
    seedDemo(simulator, start, options.idSalt);
    seedLab(simulator, start, options.idSalt);
  };

  const simulator: Simulator = {
    url,
    graphUrl,
    loginUrl,
    tenantId,
    app,
    tenant,
    settings,
    signIn,
    faults,
    log,
    denied,
    google,
    async stop() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      await closed;
    },
    reset() {
      tenant.clear();
      faults.clear();
      log.clear();
      denied.clear();
      resetGoogle(google);
      seed();
    },
    mount: (prefix, handler) => void mounts.unshift({ prefix, handler }),
    addMailbox: (address, more) => void tenant.addPerson(address, more),
    addMailboxes(count, domain = 'bench.example.org') {
      for (let i = 0; i < count; i++) tenant.addPerson(`user${String(i).padStart(6, '0')}@${domain}`);
    },
    addGroup: (address, members, displayName = address) => void tenant.addGroup(address, displayName, members),
    deliver(address, eml, delivery) {
      if (!tenant.person(address)) tenant.addPerson(address);
      const bytes = typeof eml === 'string' ? Buffer.from(eml) : Buffer.isBuffer(eml) ? eml : Buffer.from(eml);
      return tenant.deliver(address, bytes, delivery).immutableId;
    },
    copies(address) {
      const mailbox = tenant.mailboxOrThrow(address);
      return mailbox.list().map((item) => {
        const folder = mailbox.folders.get(item.folder);
        const { immutableId: id, internetMessageId, subject, isRead, flag, categories, importance, label } = item;
        const folderName = folder?.wellKnown ?? folder?.displayName ?? '';
        return {
          id,
          folder: item.folder,
          folderName,
          internetMessageId,
          subject,
          isRead,
          flag,
          categories,
          importance,
          label,
        };
      });
    },
    raw: (address, which) => findItem(tenant.mailboxOrThrow(address), which).eml,
    userReads: (address, which, isRead = true, timing) => owner.reads(address, which, isRead, timing),
    userMoves: owner.moves,
    userDeletes: owner.deletes,
    userDeletesFolder(address, folder) {
      const mailbox = tenant.mailboxOrThrow(address);
      mailbox.deleteFolder(mailbox.folderOrThrow(folder).id);
    },
    remove: owner.removes,
    accessToken: (address, forgery) => userAccessToken(personOf(address), tokenSetting(), forgery),
    idToken: (address) => userIdToken(personOf(address), tokenSetting()),
  };
  seed();
  mounts.push({ prefix: '/control', handler: createControl(simulator) });
  return simulator;
}
