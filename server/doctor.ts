import { type CommandIo, type ExitStatus, readArguments } from './command.ts';
import { type Configuration, readConfiguration } from './configuration.ts';
import { checkDatabase } from './doctor-database.ts';
import { checkGoogle } from './doctor-google.ts';
import { checkLookups } from './doctor-lookups.ts';
import { checkMail } from './doctor-mail.ts';
import { checkMicrosoft } from './doctor-microsoft.ts';
import { checkSignIn } from './doctor-sign-in.ts';
import { isComplete } from './manifest-command.ts';
import { lookupProbes } from './open-lookups.ts';

/** One line of the doctor. */
export interface Check {
  name: string;
  state: 'ok' | 'warn' | 'fail';
  /** What was found; on warn and fail also the remedy. No secrets, no names of people. */
  text: string;
}

/**
 * `reelback doctor [--json]`: checks this deployment without changing anything in it.
 * @returns 1 on any `fail`.
 */
export async function doctor(argv: string[], { stdout, stderr, env, rootDir }: CommandIo): Promise<ExitStatus> {
  const { values } = readArguments({ args: argv, options: { json: { type: 'boolean' } } });
  const checks: Check[] = [];
  const add = (check: Check) => {
    checks.push(check);
    if (!values.json) stdout.write(`${check.state.padEnd(4)}  ${check.name}: ${check.text}\n`);
  };
  const configuration = checkConfiguration(env, add);
  if (configuration !== null) {
    checkAddress(configuration, add);
    add(await checkSignIn(configuration));
    for (const check of await checkDatabase(configuration, rootDir, (line) => stderr.write(`${line}\n`))) add(check);
    if (configuration.microsoft.length === 0) {
      add({ name: 'microsoft 365', state: 'warn', text: 'off: set REELBACK_MS_TENANT_ID and REELBACK_MS_CLIENT_ID' });
    }
    for (const tenant of configuration.microsoft) for await (const check of checkMicrosoft(tenant)) add(check);
    for (const workspace of configuration.google) for await (const check of checkGoogle(workspace)) add(check);
    for await (const check of checkLookups(configuration, lookupProbes(configuration, rootDir))) add(check);
    for await (const check of checkMail(configuration)) add(check);
    if (configuration.microsoft.length > 0) add(await checkManifest(configuration, fetch));
  }
  const failed = checks.some((check) => check.state === 'fail');
  if (values.json) stdout.write(`${JSON.stringify({ ok: !failed, checks })}\n`);
  return failed ? 1 : 0;
}

function checkConfiguration(env: CommandIo['env'], add: (check: Check) => void): Configuration | null {
  const name = 'configuration';
  try {
    const configuration = readConfiguration(env);
    for (const text of configuration.warnings) add({ name, state: 'warn', text });
    add({ name, state: 'ok', text: 'every variable that is set can be read' });
    return configuration;
  } catch (error) {
    add({ name, state: 'fail', text: error instanceof Error ? error.message : String(error) });
    return null;
  }
}

function checkAddress({ publicUrl }: Configuration, add: (check: Check) => void): void {
  const secure = publicUrl.startsWith('https:');
  add({
    name: 'public address',
    state: secure ? 'ok' : 'warn',
    text: secure ? publicUrl : `${publicUrl}: Outlook loads add-ins over https only; set REELBACK_PUBLIC_URL`,
  });
}

/** Whether the add-in's manifest is served, with this address in it. */
export async function checkManifest({ publicUrl }: { publicUrl: string }, ask: typeof fetch): Promise<Check> {
  const name = 'manifest';
  const url = `${publicUrl}/addins/outlook/manifest.xml`;
  try {
    const answer = await ask(url, { signal: AbortSignal.timeout(10_000) });
    const text = await answer.text();
    if (answer.ok && isComplete(text) && text.includes(publicUrl)) return { name, state: 'ok', text: url };
    return {
      name,
      state: 'fail',
      text: `${url} answers ${answer.status}, and not with the manifest of this address: check REELBACK_PUBLIC_URL and the proxy in front`,
    };
  } catch {
    return { name, state: 'warn', text: `${url} cannot be reached from here: start the server, check name and proxy` };
  }
}
