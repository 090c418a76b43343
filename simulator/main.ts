/** The simulator as a process: `npm start` and `reelback simulate` run it. Prints one line of JSON when it is ready. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { connectionOf } from './control.ts';
import { forwarding } from './forward.ts';
import { gmailPageRoutes } from './gmail-page/routes.ts';
import { startInternet } from './internet/internet.ts';
import { startMailSink } from './mail-sink.ts';
import { loadSeedFile } from './seed/file.ts';
import { seedGmailMagic } from './seed/gmail-magic.ts';
import { seedMagic } from './seed/magic.ts';
import { demoName } from './seed/people.ts';
import { seedStrangers } from './seed/strangers.ts';
import { startSimulator } from './start.ts';
import { webmailRoutes } from './webmail/routes.ts';

const usage = `usage: simulate [options]
  --port N             default: a free one
  --seed demo|none|FILE  a seeded organisation (default), an empty one, or one described in a JSON file
  --latency MS         added to every Graph request
  --tenant-id GUID --client-id GUID --client-secret TEXT --certificate FILE --audience TEXT
  --tls-key FILE --tls-cert FILE
  --addin ORIGIN       origin of the server whose add-ins both mail clients have installed, such as http://localhost:8080
  --reports URL        where people forward mail to, such as smtp://127.0.0.1:2525/report+user+phish@reports.example.org
  --magic              adds the magic mailboxes of DIFFERENCES.md, each with copies of the big lures
  --quiet-log          keep no log of requests (for benches)
`;

function readArguments(argv: string[]) {
  const text = { type: 'string' } as const;
  const flag = { type: 'boolean' } as const;
  return parseArgs({
    args: argv,
    options: {
      port: text,
      seed: text,
      latency: text,
      addin: text,
      audience: text,
      certificate: text,
      'tenant-id': text,
      'client-id': text,
      'client-secret': text,
      'tls-key': text,
      'tls-cert': text,
      'quiet-log': flag,
      reports: text,
      magic: flag,
      help: flag,
    },
  }).values;
}

async function run(argv: string[], script: string): Promise<void> {
  const given = readArguments(argv);
  if (given.help) return void process.stdout.write(usage);
  const seed = given.seed ?? 'demo';
  const idSalt = Date.now().toString(36);
  const simulator = await startSimulator({
    port: given.port === undefined ? 0 : wholeNumber('--port', given.port),
    latencyMs: given.latency === undefined ? 0 : wholeNumber('--latency', given.latency),
    idSalt,
    seed: seed === 'demo' ? 'demo' : 'none',
    tenantId: given['tenant-id'],
    clientId: given['client-id'],
    clientSecret: given['client-secret'],
    apiAudience: given.audience,
    certificate: given.certificate && readFileSync(given.certificate, 'utf8'),
    tls:
      given['tls-key'] && given['tls-cert']
        ? { key: readFileSync(given['tls-key'], 'utf8'), cert: readFileSync(given['tls-cert'], 'utf8') }
        : undefined,
    keepLog: given['quiet-log'] ? 0 : undefined,
    signIn: { redirectUris: given.addin ? [`${given.addin}/api/v1/session/oidc/callback`] : [] },
  });
  if (seed !== 'demo' && seed !== 'none') loadSeedFile(simulator, resolve(seed));
  if (given.magic) {
    seedMagic(simulator, Date.now(), idSalt);
    seedGmailMagic(simulator, Date.now(), idSalt);
  }
  const sink = await startMailSink(simulator);
  const internet = await startInternet();
  if (seed === 'demo') seedStrangers(internet, Date.now());
  const packages = createRequire(script);
  const webmail = webmailRoutes(simulator, {
    assetsDir: join(dirname(script), 'webmail'),
    officeJsDir: join(dirname(packages.resolve('@microsoft/office-js/package.json')), 'dist'),
    addin: given.addin ? { origin: given.addin, manifestUrl: `${given.addin}/addins/outlook/manifest.xml` } : null,
    tenantName: demoName,
    gmailHref: '/gmail/',
    ...(given.reports ? { forwarding: forwarding(given.reports, Date.now) } : {}),
  });
  simulator.mount('/webmail', webmail);
  const gmailPage = gmailPageRoutes(simulator.google, {
    assetsDir: join(dirname(script), 'gmail-page'),
    addon: given.addin
      ? {
          origin: given.addin,
          projectDir: join(dirname(script), '../gmail-addon'),
          workerFile: join(dirname(script), 'script-worker.mjs'),
        }
      : null,
    companyName: `${demoName} Lab`,
    outlookHref: '/webmail/',
  });
  simulator.mount('/gmail', gmailPage);
  const pages = { webmail: `${simulator.url}/webmail/`, gmail: `${simulator.url}/gmail/` };
  const strangers = { rdapUrl: internet.rdapUrl, sitesUrl: internet.url, smtpUrl: sink.url };
  process.stdout.write(`${JSON.stringify({ ...connectionOf(simulator), ...pages, ...strangers })}\n`);
  const stop = () => void Promise.all([simulator.stop(), internet.stop(), sink.stop()]).then(() => process.exit(0));
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
}

function wholeNumber(name: string, value: string): number {
  if (!/^\d+$/.test(value)) throw new TypeError(`${name} must be a whole number, not ${value}`);
  return Number(value);
}

run(process.argv.slice(2), process.argv[1] ?? '').catch((error: unknown) => {
  const wrongUsage = error instanceof TypeError;
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n${wrongUsage ? usage : ''}`);
  process.exit(2);
});
