/**
 * `npm start`: the whole product on this machine, with a made-up company instead of Microsoft 365. `-- --fresh` forgets
 * what earlier visits did; `-- --magic` adds the mailboxes that make the provider fail (simulator/DIFFERENCES.md).
 */
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { nextFreePort } from './ports.mjs';
import { startProgram } from './program.mjs';
import { whenNpmEnds } from './when-npm-ends.mjs';

/** The embedded database recovers within this after a crash. */
const readyWithinMs = 150_000;

const submissionAddress = 'report@reports.example.org';

export async function run(options, rootDir) {
  const unknown = options.find((option) => !['--fresh', '--magic'].includes(option));
  if (unknown !== undefined) {
    console.error(`npm start: ${unknown} is not known; there are --fresh (forget earlier visits) and --magic (faults)`);
    return 2;
  }
  const dataDir = resolve(process.env.REELBACK_DATA_DIR || 'data');
  const running = await runningDemo(dataDir);
  if (running !== null) {
    console.error(
      `Reelback is running already with the data in ${dataDir}: ${running}/dashboard/ (stop that one first)`,
    );
    return 1;
  }
  if (options.includes('--fresh') && !(await forget(dataDir, rootDir))) {
    console.error(`another program uses the database in ${dataDir}: stop it first`);
    return 1;
  }
  mkdirSync(dataDir, { recursive: true });

  const stopAsked = signalled();
  const programs = [];
  try {
    const demo = await startAll({ rootDir, dataDir, magic: options.includes('--magic') }, programs, stopAsked);
    if (demo !== null) welcome(demo, rootDir, dataDir);
    const died = Promise.race(programs.map(({ name, ended }) => ended.then((reason) => ({ name, reason }))));
    const end = demo === null ? null : await Promise.race([stopAsked, died]);
    if (end === null) return 0;
    throw new ProgramEnded(programs, end);
  } catch (error) {
    console.error(`\nReelback: ${error instanceof Error ? error.message : String(error)}`);
    return 1;
  } finally {
    console.error('\nstopping');
    // The server first: it finishes what it is doing at the provider.
    for (const program of programs.reverse()) await program.stop();
    console.error('stopped');
  }
}

class ProgramEnded extends Error {
  constructor(programs, { name, reason }) {
    const lines = programs.find((program) => program.name === name).lastLines();
    super(`the ${name} has ended by itself (${reason}), so everything stops. Its last lines:\n${lines}`);
  }
}

/** @returns null when a stop was asked for meanwhile */
async function startAll({ rootDir, dataDir, magic }, programs, stopAsked) {
  const wanted = Number(process.env.REELBACK_PORT || 8080);
  const port = await nextFreePort(wanted);
  if (port !== wanted) console.error(`port ${wanted} is in use, so this is on port ${port}`);
  const mailPort = await nextFreePort(port + 1);
  const smtpPort = await nextFreePort(mailPort + 1);
  const publicUrl = `http://localhost:${port}`;
  const mailUrl = `http://localhost:${mailPort}`;

  const simulator = startProgram({
    name: 'simulator',
    rootDir,
    args: [
      'dist/simulator/main.mjs',
      '--port',
      String(mailPort),
      '--latency',
      '120',
      '--addin',
      publicUrl,
      '--reports',
      `smtp://127.0.0.1:${smtpPort}/${submissionAddress.replace('@', '+user+phish@')}`,
      ...(magic ? ['--magic'] : []),
    ],
    logFile: join(dataDir, 'simulator.log'),
  });
  programs.push(simulator);
  const connection = await until([simulator], stopAsked, simulator.firstLine);
  if (connection === null) return null;

  const memory = { ...remembered(dataDir), publicUrl };
  remember(dataDir, memory);
  const server = startProgram({
    name: 'server',
    rootDir,
    args: ['dist/server/cli.mjs', 'serve'],
    env: serverEnvironment(
      { port, smtpPort, publicUrl, mailUrl, dataDir, adminToken: memory.adminToken },
      JSON.parse(connection),
    ),
    logFile: join(dataDir, 'server.log'),
  });
  programs.push(server);
  if ((await until(programs, stopAsked, ready(publicUrl))) === null) return null;
  if (!memory.psrOn) {
    await turnPsrOn(publicUrl, memory.adminToken);
    await watchEverybody(publicUrl, memory.adminToken);
    await nameThePrincipals(publicUrl, memory.adminToken);
    await answerEverybody(publicUrl, memory.adminToken);
    remember(dataDir, { ...memory, psrOn: true });
  }
  return { publicUrl, mailUrl, smtpPort, adminToken: memory.adminToken };
}

/** Everything a real deployment would be told, pointing at the simulator. */
function serverEnvironment({ port, smtpPort, publicUrl, mailUrl, dataDir, adminToken }, connection) {
  return {
    REELBACK_HOST: '127.0.0.1',
    REELBACK_PORT: String(port),
    REELBACK_PUBLIC_URL: publicUrl,
    REELBACK_DATA_DIR: dataDir,
    REELBACK_ADMIN_TOKEN: adminToken,
    REELBACK_MS_TENANT_ID: connection.tenantId,
    REELBACK_MS_CLIENT_ID: connection.clientId,
    REELBACK_MS_CLIENT_SECRET: connection.clientSecret,
    REELBACK_MS_CLIENT_CERTIFICATE: '',
    REELBACK_MS_API_AUDIENCE: connection.apiAudience,
    REELBACK_MS_ADDIN_CLIENT_IDS: '',
    REELBACK_MS_LOGIN_URL: connection.loginUrl,
    REELBACK_MS_GRAPH_URL: connection.graphUrl,
    REELBACK_GOOGLE_SERVICE_ACCOUNT: keyFileOf(dataDir, connection),
    REELBACK_GOOGLE_ADMIN: connection.googleAdmin,
    REELBACK_GOOGLE_DOMAINS: connection.googleDomains,
    REELBACK_GOOGLE_ADDON_AUDIENCES: connection.googleAddonAudiences,
    REELBACK_GOOGLE_GMAIL_URL: connection.googleGmailUrl,
    REELBACK_GOOGLE_ADMIN_URL: connection.googleAdminUrl,
    REELBACK_GOOGLE_ISSUER: connection.googleIssuer,
    // Signing in to the dashboard, as people of the company: the provider lets everybody choose who they are.
    REELBACK_DASHBOARD_OIDC_ISSUER: `${connection.loginUrl}/${connection.tenantId}/v2.0`,
    REELBACK_DASHBOARD_OIDC_CLIENT_ID: connection.clientId,
    REELBACK_DASHBOARD_OIDC_CLIENT_SECRET: connection.clientSecret,
    REELBACK_DASHBOARD_OIDC_NAME: 'Lindenhof Instruments',
    REELBACK_DASHBOARD_OIDC_ROLE_CLAIM: '',
    REELBACK_DASHBOARD_OIDC_ROLES: '',
    REELBACK_DASHBOARD_OIDC_DOMAINS: '',
    REELBACK_DASHBOARD_TOKEN_SIGN_IN: '1',
    REELBACK_TENANTS_FILE: '',
    // The company's mail server is the simulator: reports by mail come from this machine, answers go into its mailboxes.
    REELBACK_SMTP_HOST: '127.0.0.1',
    REELBACK_SMTP_PORT: String(smtpPort),
    REELBACK_SMTP_RELAYS: '',
    REELBACK_SMTP_SENDERS: 'relays',
    REELBACK_SMTP_TLS: '',
    REELBACK_SUBMISSION_ADDRESS: submissionAddress,
    REELBACK_MAIL_URL: connection.smtpUrl,
    REELBACK_MAIL_FROM: 'Reelback <reelback@example.org>',
    REELBACK_AUTHSERV_IDS: 'microsoft365,mx.google.com',
    REELBACK_CONFIRM_DELAYS: process.env.REELBACK_CONFIRM_DELAYS || '20s,2m',
    // The company's domains are made up: DNS knows none of them, and the simulator answers for the rest of the internet.
    REELBACK_DNS: 'off',
    REELBACK_RDAP: connection.rdapUrl,
    REELBACK_RDAP_SERVERS: '',
    REELBACK_LURES: '1',
    REELBACK_LURE_DOUBLE: connection.sitesUrl,
    // The web mail stands in for Outlook: it shows the add-in's pages and serves Microsoft's library.
    REELBACK_OFFICE_JS_URL: `${mailUrl}/webmail/lib/1/hosted/office.js`,
    REELBACK_FRAME_ANCESTORS: `${mailUrl},${mailUrl.replace('localhost', '127.0.0.1')}`,
  };
}

/** The simulated service account's key is made anew with every start. */
function keyFileOf(dataDir, connection) {
  const file = join(dataDir, 'google-service-account.json');
  writeFileSync(file, connection.googleServiceAccount, { mode: 0o600 });
  return file;
}

/** The work's answer; null when a stop is asked for first. @throws ProgramEnded when a program ends first */
async function until(programs, stopAsked, work) {
  const died = programs.map(({ name, ended }) =>
    ended.then((reason) => {
      throw new ProgramEnded(programs, { name, reason });
    }),
  );
  return Promise.race([work, stopAsked, ...died]);
}

async function ready(publicUrl) {
  const deadline = Date.now() + readyWithinMs;
  while (Date.now() < deadline) {
    const answer = await fetch(`${publicUrl}/readyz`).catch(() => null);
    if (answer?.ok) return true;
    await new Promise((wake) => setTimeout(wake, 100));
  }
  throw new Error(`the server is not ready after ${readyWithinMs / 1000} s: see server.log in the data folder`);
}

/** A real deployment starts in preview; a demo that takes nothing back would show nothing. */
async function turnPsrOn(publicUrl, adminToken) {
  const url = `${publicUrl}/api/v1/settings/psr`;
  const headers = { authorization: `Bearer ${adminToken}`, 'content-type': 'application/json' };
  const now = await (await fetch(url, { headers })).json();
  const answer = await fetch(url, { method: 'PUT', headers, body: JSON.stringify({ ...now, mode: 'on' }) });
  if (!answer.ok) throw new Error(`the demo's setting was refused: ${answer.status} ${await answer.text()}`);
}

/**
 * So that the search shows delivered mail, also what came in before the start. Post Delivery Response is off: it would take
 * the lures back, or preview it, before anybody has reported one.
 */
async function watchEverybody(publicUrl, adminToken) {
  const settings = {
    pdr: { mode: 'off' },
    watch: { mailboxes: ['*'], every_seconds: 5, look_back_hours: 72 },
  };
  for (const [name, value] of Object.entries(settings)) {
    const answer = await fetch(`${publicUrl}/api/v1/settings/${name}`, {
      method: 'PUT',
      headers: { authorization: `Bearer ${adminToken}`, 'content-type': 'application/json' },
      body: JSON.stringify(value),
    });
    if (!answer.ok) throw new Error(`the demo's setting was refused: ${answer.status} ${await answer.text()}`);
  }
}

/** A real deployment answers the team only, until an administrator wants more. */
async function answerEverybody(publicUrl, adminToken) {
  const url = `${publicUrl}/api/v1/settings/notifications`;
  const headers = { authorization: `Bearer ${adminToken}`, 'content-type': 'application/json' };
  const now = await (await fetch(url, { headers })).json();
  const user_verdicts = Object.fromEntries(Object.keys(now.user_verdicts).map((name) => [name, true]));
  const wanted = { ...now, user_verdicts, invalid_submission: true };
  const answer = await fetch(url, { method: 'PUT', headers, body: JSON.stringify(wanted) });
  if (!answer.ok) throw new Error(`the demo's answers were refused: ${answer.status} ${await answer.text()}`);
}

/** Whoever writes in their names from elsewhere is an impostor: a real deployment lists its own. */
async function nameThePrincipals(publicUrl, adminToken) {
  const answer = await fetch(`${publicUrl}/api/v1/settings/impersonation_registry/csv`, {
    method: 'POST',
    headers: { authorization: `Bearer ${adminToken}`, 'content-type': 'text/csv' },
    body: [
      'Display_Name,Email',
      'Margarethe Lindenhof,margarethe.lindenhof@example.org',
      'Margarethe Lindenhof,ceo@example.org',
      'Oliver Hartnell,oliver.hartnell@example.org',
    ].join('\r\n'),
  });
  if (!answer.ok) throw new Error(`the demo's names were refused: ${answer.status} ${await answer.text()}`);
}

/** What the demo keeps between visits, so that a bookmark and a signed-in dashboard go on working. */
function remembered(dataDir) {
  const file = memoryFile(dataDir);
  const kept = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};
  const memory = { adminToken: randomBytes(18).toString('base64url'), psrOn: false, ...kept };
  if (process.env.REELBACK_ADMIN_TOKEN) memory.adminToken = process.env.REELBACK_ADMIN_TOKEN;
  remember(dataDir, memory);
  return memory;
}

function remember(dataDir, memory) {
  writeFileSync(memoryFile(dataDir), `${JSON.stringify(memory)}\n`, { mode: 0o600 });
}

function memoryFile(dataDir) {
  return join(dataDir, 'demo.json');
}

/** Removes what the demo made, and nothing else that may be in the folder. */
async function forget(dataDir, rootDir) {
  const { wipeEmbedded } = await import(pathToFileURL(join(rootDir, 'dist/server/embedded.mjs')).href);
  if (existsSync(dataDir) && !(await wipeEmbedded(dataDir))) return false;
  for (const name of ['demo.json', 'google-service-account.json', 'server.log', 'simulator.log'])
    rmSync(join(dataDir, name), { force: true });
  console.error('earlier visits are forgotten');
  return true;
}

/** Address of a demo that works on these data at this moment: two would see one database and two companies. */
async function runningDemo(dataDir) {
  if (!existsSync(memoryFile(dataDir))) return null;
  const { publicUrl, adminToken } = JSON.parse(readFileSync(memoryFile(dataDir), 'utf8'));
  if (publicUrl === undefined) return null;
  // Whoever listens there now, only our own server knows the token.
  const headers = { authorization: `Bearer ${adminToken}` };
  const answer = await fetch(`${publicUrl}/api/v1/settings/psr`, { headers }).catch(() => null);
  return answer?.ok ? publicUrl : null;
}

/** Resolves with null at the first SIGINT, SIGTERM or SIGHUP (a closed terminal), or when npm is killed. */
function signalled() {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => resolve(null));
    whenNpmEnds(() => resolve(null));
  });
}

function welcome({ publicUrl, mailUrl, smtpPort, adminToken }, rootDir, dataDir) {
  console.log(`
Reelback is running on this machine, beside a made-up company with its own mail. Nothing leaves this machine.

  Mail, as a person of that company   ${mailUrl}/webmail/
    open a mail that looks wrong, press Report phishing, then look into a colleague's mailbox
  the same in its lab, which has Gmail ${mailUrl}/gmail/
    the add-on is in the panel beside the mail

  Dashboard, as an analyst            ${publicUrl}/dashboard/
    sign in as a person of the company, each with another role, or with the admin token
                                      ${adminToken}

  Reports by mail                     ${submissionAddress.replace('@', '+user+phish@')}
    the arrow above an open mail forwards it there, attached; the answer lies in the mailbox (SMTP: port ${smtpPort})

  Data and logs are in ${shortest(rootDir, dataDir)} and stay there; npm start -- --fresh begins anew.
  Ctrl-C stops everything.
`);
}

function shortest(rootDir, folder) {
  const path = relative(rootDir, folder);
  return path.startsWith('..') ? folder : `./${path}`;
}
