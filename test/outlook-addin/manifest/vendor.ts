/** Layers B and C: Microsoft's own parser, and its JSON schema over what the parser makes of the manifest. No network. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AppManifestUtils, type TeamsManifest } from '@microsoft/app-manifest';
import { OfficeAddinManifest } from 'office-addin-manifest';
import { convert } from 'office-addin-manifest-converter';

const SCHEMA = 'https://developer.microsoft.com/json-schemas/teams/v1.30/MicrosoftTeams.schema.json';

/** The converter leaves a placeholder for mobile icons. */
const STANDING = /\/ribbons\/\d+\/tabs\/0\/groups\/0\/controls\/0\/icons must NOT have fewer than 3 items/;

/** Faults by layer; a parser that throws is a fault of B. */
export async function vendorFaults(xml: string): Promise<{ parser: string[]; schema: string[] }> {
  const folder = mkdtempSync(join(tmpdir(), 'reelback-manifest-'));
  const file = join(folder, 'manifest.xml');
  const restore = quiet();
  try {
    writeFileSync(file, xml);
    try {
      await OfficeAddinManifest.readManifestFile(file);
      await convert(file, folder, false, SCHEMA, '1.30', true);
    } catch (error) {
      return { parser: [String(error)], schema: [] };
    }
    const text = readFileSync(join(folder, 'manifest.json'), 'utf8');
    const schema = JSON.parse(
      readFileSync(
        join(
          process.cwd(),
          'node_modules/@microsoft/app-manifest/build/json-schemas/teams/v1.30/MicrosoftTeams.schema.json',
        ),
        'utf8',
      ),
    );
    const faults = await AppManifestUtils.validateAgainstSchema(JSON.parse(text) as TeamsManifest, schema);
    return {
      parser: text.includes('<TRUNCATED>') ? ['a string was cut'] : [],
      schema: faults.filter((fault) => !STANDING.test(fault)),
    };
  } finally {
    restore();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The converter talks a lot. */
function quiet(): () => void {
  const { log, warn, error } = console;
  Object.assign(console, { log() {}, warn() {}, error() {} });
  return () => Object.assign(console, { log, warn, error });
}
