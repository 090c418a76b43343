/** The settings that connect a server with the simulator's Workspace. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Google } from '../../simulator/google.ts';

/** The key file has to be there at every start of a server. */
export function googleEnvironment(google: Google): { env: Record<string, string>; remove: () => void } {
  const folder = mkdtempSync(join(tmpdir(), 'reelback-key-'));
  const key = join(folder, 'key.json');
  writeFileSync(key, JSON.stringify(google.serviceAccount), { mode: 0o600 });
  const env = {
    REELBACK_GOOGLE_SERVICE_ACCOUNT: key,
    REELBACK_GOOGLE_ADMIN: google.adminAddress,
    REELBACK_GOOGLE_DOMAINS: google.domain,
    REELBACK_GOOGLE_ADDON_AUDIENCES: google.addonAudiences.join(','),
    REELBACK_GOOGLE_GMAIL_URL: google.gmailUrl,
    REELBACK_GOOGLE_ADMIN_URL: google.adminUrl,
    REELBACK_GOOGLE_ISSUER: google.issuerUrl,
  };
  return { env, remove: () => rmSync(folder, { recursive: true, force: true }) };
}
