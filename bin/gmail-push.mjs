#!/usr/bin/env node
/**
 * `npm run gmail:push -- --url https://phish.example.org --script-id ID`: builds the Gmail add-on for this deployment and
 * hands it to clasp. `--dry-run` stops before anything leaves this machine and lists what would be pushed.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { bundleGmailAddon, forDeployment, writeProject } from './gmail-addon.mjs';

const rootDir = dirname(dirname(fileURLToPath(import.meta.url)));
const usage = `usage: npm run gmail:push -- [--url https://host] [--script-id ID] [--dry-run]
  --url        public address of the server (default: REELBACK_PUBLIC_URL)
  --script-id  id of the Apps Script project, from its settings (default: REELBACK_GOOGLE_SCRIPT_ID)
  --dry-run    build, list the files, push nothing
clasp must be signed in once: npx clasp login`;

function run(argv) {
  const text = { type: 'string' };
  const { values } = parseArgs({
    args: argv,
    options: { url: text, 'script-id': text, 'dry-run': { type: 'boolean' }, help: { type: 'boolean' } },
  });
  if (values.help) return say(usage, 0);
  const url = values.url ?? process.env.REELBACK_PUBLIC_URL;
  const scriptId = values['script-id'] ?? process.env.REELBACK_GOOGLE_SCRIPT_ID;
  if (!url) return say(`--url is missing\n${usage}`, 2);
  if (!scriptId || !/^[\w-]{10,}$/.test(scriptId)) return say(`--script-id is missing or no id\n${usage}`, 2);

  const folder = join(rootDir, 'dist/gmail-push');
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  // clasp takes the manifest only from inside rootDir, and says nothing when it is elsewhere.
  writeProject(forDeployment(bundleGmailAddon(rootDir), url), join(folder, 'project'));
  writeFileSync(join(folder, '.clasp.json'), `${JSON.stringify({ scriptId, rootDir: 'project' })}\n`);

  const listed = clasp(folder, ['show-file-status', '--json'], 'pipe');
  const files = listed.status === 0 ? JSON.parse(listed.stdout).filesToPush.sort() : [];
  if (files.join() !== 'project/Code.js,project/appsscript.json') {
    return say(`clasp would push ${files.join(', ') || 'nothing'}: ${listed.stderr}`, 1);
  }
  console.log(`${files.join(', ')} for ${new URL(url).origin}`);
  if (values['dry-run']) return 0;
  const pushed = clasp(folder, ['push', '--force'], 'inherit').status ?? 1;
  if (pushed === 0)
    console.log(
      'pushed; next: npx clasp -P dist/gmail-push create-version, then update-deployment (docs/deploy-google.md)',
    );
  return pushed;
}

function clasp(folder, args, stdio) {
  const program = join(rootDir, 'node_modules/@google/clasp/build/src/index.js');
  if (!existsSync(program)) return { status: 1, stdout: '', stderr: 'clasp is not installed: npm ci' };
  return spawnSync(process.execPath, [program, ...args], { cwd: folder, stdio, encoding: 'utf8' });
}

function say(text, status) {
  (status === 0 ? console.log : console.error)(text);
  return status;
}

try {
  process.exitCode = run(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof TypeError)) throw error;
  process.exitCode = say(`${error.message}\n${usage}`, 2);
}
