import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { signaturesOf } from '../../../simulator/apps-script/generate-signatures.mjs';

test('the signatures are those of the types that are installed', () => {
  const found = signaturesOf(join(process.cwd(), 'node_modules/@types/google-apps-script'));
  const kept = readFileSync('simulator/apps-script/signatures.json', 'utf8');
  expect(found).toEqual(JSON.parse(kept));
}, 60_000);
