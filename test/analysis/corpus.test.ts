import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { classifyFile, readModel } from '../../server/analysis/classify-one.ts';

/** The unpacked corpus; the mails hold real names and are no part of the repository. */
const corpus = process.env.REELBACK_CORPUS;
const present = corpus !== undefined && existsSync(join(corpus, 'manifest.jsonl'));
if (!present) console.info('skipped: REELBACK_CORPUS does not name a folder with manifest.jsonl');

/** One mail in so many: a check of the way, not a measurement. `reelback train` prints held-out figures. */
const ONE_IN = 60;

(present ? test : test.skip)(
  'the shipped model is no stranger to the corpus it was trained on',
  async () => {
    const rows = readFileSync(join(corpus as string, 'manifest.jsonl'), 'utf8')
      .trim()
      .split('\n');
    const models = { model: readModel(join(__dirname, '../..'), 'default'), compare: null };
    const right = { phish: 0, legitimate: 0 };
    const all = { phish: 0, legitimate: 0 };
    for (const [i, line] of rows.entries()) {
      const { file, label } = JSON.parse(line) as { file: string; label: string };
      if (i % ONE_IN !== 0 || label === 'spam' || label === 'report') continue;
      const kind = label === 'phish' ? 'phish' : 'legitimate';
      const { margin = Number.NaN, error } = await classifyFile(join(corpus as string, file), models);
      expect(error).toBeUndefined();
      all[kind]++;
      if (margin > 0 === (kind === 'phish')) right[kind]++;
    }
    expect(right.phish / all.phish).toBeGreaterThan(0.95);
    expect(right.legitimate / all.legitimate).toBeGreaterThan(0.98);
  },
  120_000,
);
