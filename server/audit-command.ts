import type { AuditBreach, AuditVerification } from '../shared/audit.ts';
import { PermanentError } from '../shared/errors.ts';
import { type CommandIo, type ExitStatus, readArguments } from './command.ts';
import { readConfiguration } from './configuration.ts';
import { headOf } from './http/audit-routes.ts';
import { openDatabase } from './open-database.ts';
import { openAuditLog } from './policies/audit-log.ts';
import { openStore } from './store/database.ts';

const USAGE = 'reelback audit verify [--from POSITION] [--head POSITION:HASH] [--json] | export [--from POSITION]';

/**
 * `reelback audit verify`: recomputes the chain over the audit log; 1 when it does not hold, with the first line that is
 * wrong. `reelback audit export`: the chain as JSON lines.
 * @throws PermanentError `usage`, those of readConfiguration and openDatabase
 */
export async function auditCommand(argv: string[], { stdout, stderr, env, rootDir }: CommandIo): Promise<ExitStatus> {
  const { action, from, head, json } = readOptions(argv);
  const configuration = readConfiguration(env);
  const database = await openDatabase(configuration, rootDir, (line) => stderr.write(`${line}\n`));
  const store = openStore(database.url, () => {}, 2);
  try {
    const log = openAuditLog(store, configuration.microsoft[0]?.tenantId ?? 'default');
    if (action === 'export') {
      for await (const line of log.export({ from }))
        if (!stdout.write(line)) await new Promise((resolve) => stdout.once('drain', resolve));
      return 0;
    }
    const verification = await log.verify({ from, known: headOf(head) });
    stdout.write(json ? `${JSON.stringify(verification)}\n` : textOf(verification));
    return verification.ok ? 0 : 1;
  } finally {
    await store.close();
    await database.close();
  }
}

function readOptions(argv: string[]) {
  const text = { type: 'string' } as const;
  const { values, positionals } = readArguments({
    args: argv,
    allowPositionals: true,
    options: { from: text, head: text, json: { type: 'boolean' } },
  });
  const [action, ...more] = positionals;
  const { from = '1', head, json = false } = values;
  const fits =
    (action === 'verify' || (action === 'export' && head === undefined && !json)) &&
    more.length === 0 &&
    /^[1-9]\d{0,14}$/.test(from) &&
    (head === undefined || /^\d{1,15}:[0-9a-f]{64}$/.test(head));
  if (!fits) throw new PermanentError('usage', USAGE);
  return { action, from: Number(from), head, json };
}

const WHAT: Record<AuditBreach['what'], string> = {
  changed: 'the line, or its place, is not as it was sealed',
  missing: 'the line is gone',
  unsealed: 'the line was put in behind the chain',
  cut_off: 'the chain ends before its head',
  content_changed: 'a text that the line refers to by hash was altered',
  other_chain: 'the chain does not go through the head',
};

function textOf({ ok, lines, head, broken }: AuditVerification): string {
  const end = head ? `head ${head.position}:${head.hash}` : 'nothing is sealed yet';
  if (ok) return `ok: ${lines} lines, ${end}\n`;
  const { position, audit_id, what } = broken!;
  const where = [position === null ? '' : `position ${position}`, audit_id === null ? '' : `line ${audit_id}`];
  return `broken at ${where.filter((part) => part !== '').join(', ')}: ${WHAT[what]} (${lines} lines before it hold)\n`;
}
