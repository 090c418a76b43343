/** What the intake room reads in one mail, without a database. */
import { readServiceAddress } from '../../server/intake/service-address.ts';
import { type IntakeWorld, readReport } from '../../server/intake/take-mail.ts';
import { offlineResolve } from '../../server/lookups/dns.ts';
import { authenticate, type Resolve } from '../../server/message/authentication.ts';
import { DEFAULT_SETTINGS } from '../../server/policies/settings.ts';
import type { Store } from '../../server/store/database.ts';
import type { MailReport } from '../../server/submission/face.ts';

export const MICROSOFT_TENANT = '11111111-2222-3333-4444-555555555555';
const service = { account: 'report', domain: 'reports.example.org' };
const now = () => new Date('2026-11-20T10:00:00Z');

interface Reading {
  to?: string;
  envelopeFrom?: string;
  ip?: string;
  trust?: IntakeWorld['trust'];
  resolve?: Resolve;
  maxMessageBytes?: number;
}

export async function reportOf(mail: string, reading: Reading = {}): Promise<MailReport> {
  const { to = 'report+user+phish@reports.example.org', resolve = offlineResolve } = reading;
  const raw = Buffer.from(mail);
  const world: IntakeWorld = {
    tenant: 'tenant',
    service,
    // Reading asks no database.
    store: null as unknown as Store,
    submissions: { receiveMail: () => Promise.reject(new Error('only read')) },
    deliveries: null,
    settings: {
      get: async (name) => DEFAULT_SETTINGS[name],
      put: async (_name, value) => value,
    },
    authenticate: (bytes, message) =>
      authenticate(bytes, message, { resolve, trustedAuthservIds: ['mx.example.org'], now: now() }),
    resolve,
    trust: reading.trust ?? 'authenticated',
    microsoftTenantId: MICROSOFT_TENANT,
    maxMessageBytes: reading.maxMessageBytes ?? 1_000_000,
    now,
    randomId: (prefix) => `${prefix}_1`,
    log: { info: () => {}, warn: () => {} },
  };
  return readReport(
    world,
    {
      ...{ id: 'ink_1', tenant: 'tenant', recipient: to, sha256: 'a'.repeat(64), size: raw.length, attempts: 1, raw },
      ...{ envelope_from: reading.envelopeFrom ?? 'ana@example.org', client_ip: reading.ip ?? '127.0.0.1' },
      ...{ helo: 'relay.example.org', received_at: now() },
    },
    readServiceAddress(to, service),
  );
}
