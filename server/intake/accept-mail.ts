import { createHash } from 'node:crypto';
import type { Jobs } from '../jobs/queue.ts';
import type { Store } from '../store/database.ts';
import { insertIntakeMail, packMail, waitingIntake } from '../store/intake-mails.ts';

export interface AcceptedMail {
  /** Service addresses, lower case; at least one. */
  recipients: readonly string[];
  /** '' is the null sender. */
  envelopeFrom: string;
  clientIp: string;
  helo: string;
  raw: Uint8Array;
}

export interface AcceptWorld {
  tenant: string;
  store: Store;
  jobs: Pick<Jobs, 'enqueue'>;
  now(): Date;
  randomId(prefix: string): string;
}

/** Mail that nobody works on: a worker that is down for a night must not fill the disk. */
const MOST_WAITING = 50_000;
const MOST_WAITING_BYTES = 4 * 1024 ** 3;

/**
 * Mail that has been handed in: its bytes, a row for each address it was sent to, and the job stand when this resolves, and
 * not before the client is told so. @returns false when too much waits already. @throws when it cannot be stored now
 */
export async function acceptMail(world: AcceptWorld, mail: AcceptedMail): Promise<boolean> {
  const { mails, bytes } = await waitingIntake(world.store.db, world.tenant);
  if (mails >= MOST_WAITING || bytes + mail.raw.length > MOST_WAITING_BYTES) return false;
  const packed = await packMail(mail.raw);
  const sha256 = createHash('sha256').update(mail.raw).digest('hex');
  await world.store.inTransaction(async (trx) => {
    for (const recipient of new Set(mail.recipients)) {
      await insertIntakeMail(
        trx,
        {
          id: world.randomId('ink'),
          tenant: world.tenant,
          recipient,
          envelope_from: mail.envelopeFrom.slice(0, 320),
          client_ip: mail.clientIp,
          helo: mail.helo.slice(0, 255),
          size: mail.raw.length,
          sha256,
          received_at: world.now(),
        },
        packed,
      );
    }
    await world.jobs.enqueue(trx, 'intake', {});
  });
  return true;
}
