import { userInfo } from 'node:os';
import { PermanentError } from '../shared/errors.ts';
import type { ModelVersion, ModelView } from '../shared/model.ts';
import { type CommandIo, type ExitStatus, readArguments } from './command.ts';
import { type Configuration, readConfiguration } from './configuration.ts';
import { modelView } from './learning/model-view.ts';
import { promoteVersion, rollBack } from './learning/versions.ts';
import { openDatabase } from './open-database.ts';
import { openModel } from './open-model.ts';
import { openSettings } from './policies/settings.ts';
import { openStore } from './store/database.ts';

const ACTIONS = ['list', 'promote', 'rollback'] as const;
type Action = (typeof ACTIONS)[number];

/** What a refusal means to whoever typed it. */
const REFUSALS: Record<string, string> = {
  model_not_better: 'that version was measured and is not better, so it does not judge',
  model_of_another_base: 'that version was trained beside another shipped model; train a new one in the dashboard',
  model_judges_already: 'that version judges already',
  model_is_shipped: 'the shipped model judges alone: there is nothing to go back from',
};

/**
 * `reelback model list | promote VERSION | rollback`: which version of the model judges. Servers that run follow within
 * seconds. @throws PermanentError `usage`, those of readConfiguration and openDatabase
 */
export async function modelCommand(argv: string[], { stdout, stderr, env, rootDir }: CommandIo): Promise<ExitStatus> {
  const { action, version, json } = readOptions(argv);
  const configuration = readConfiguration(env);
  const base = openModel(configuration, rootDir);
  const database = await openDatabase(configuration, rootDir, (line) => stderr.write(`${line}\n`));
  const store = openStore(database.url, () => {}, 2);
  const tenant = tenantOf(configuration);
  const now = () => new Date();
  const context = { tenant, baseDigest: base.digest, now };
  const actor = `command line (${userInfo().username})`;
  try {
    if (action === 'promote' && !(await store.inTransaction((trx) => promoteVersion(trx, context, version, actor)))) {
      stderr.write(`reelback: there is no version ${version}; reelback model list shows what there is\n`);
      return 1;
    }
    if (action === 'rollback') await store.inTransaction((trx) => rollBack(trx, context, actor));
    const view = await modelView({ tenant, store, settings: openSettings(store, tenant), base, now });
    stdout.write(json ? `${JSON.stringify(view)}\n` : action === 'list' ? listText(view) : `${view.name} judges\n`);
    return 0;
  } catch (error) {
    const refusal = error instanceof PermanentError ? REFUSALS[error.code] : undefined;
    if (refusal === undefined) throw error;
    stderr.write(`reelback: ${refusal}\n`);
    return 1;
  } finally {
    await store.close();
    await database.close();
  }
}

function readOptions(argv: string[]): { action: Action; version: number; json: boolean } {
  const { values, positionals } = readArguments({
    args: argv,
    allowPositionals: true,
    options: { json: { type: 'boolean' } },
  });
  const [word = 'list', which, ...more] = positionals;
  const action = ACTIONS.find((one) => one === word);
  const version = Number(which);
  const wantsVersion = action === 'promote';
  const wrong = wantsVersion ? !Number.isInteger(version) || version < 1 : which !== undefined;
  if (!action || wrong || more.length > 0)
    throw new PermanentError('usage', 'reelback model list | promote VERSION | rollback, with --json');
  return { action, version, json: values.json ?? false };
}

/** The rows of a database carry the name of the tenant that the server writes. */
const tenantOf = ({ microsoft }: Pick<Configuration, 'microsoft'>) => microsoft[0]?.tenantId ?? 'default';

function listText(view: ModelView): string {
  const lines = [`${view.name} judges${view.rests ? ' (the chosen version rests beside this shipped model)' : ''}`];
  for (const version of view.versions) lines.push(versionText(version, version.version === view.version));
  lines.push(`${view.queue.new_labels} decisions that no version has seen (${view.queue.needed} are needed)`);
  if (view.drift?.alarm) lines.push(`drift: ${view.drift.signs.map(({ what }) => what).join(', ')}`);
  return `${lines.join('\n')}\n`;
}

function versionText({ name, state, trained_at, samples, evaluation }: ModelVersion, judges: boolean): string {
  const { kinds } = samples;
  const { current, candidate } = evaluation.labels;
  const against = evaluation.objections.length === 0 ? '' : `  (${evaluation.objections.join(', ')})`;
  const caught = `phish ${current.caught} -> ${candidate.caught} of ${candidate.phish}`;
  const flagged = `flagged ${current.flagged} -> ${candidate.flagged} of ${candidate.legitimate}`;
  const learnt = `${kinds.team + kinds.confirmed + kinds.report} campaigns`;
  return `${judges ? '*' : ' '} ${name}  ${state}  ${trained_at}  ${learnt}  ${caught}, ${flagged}${against}`;
}
