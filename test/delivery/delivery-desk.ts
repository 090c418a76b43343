/** The delivery room on a real database beside the submission room's desk; mail is handed in as if it had been delivered. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadModel } from '../../server/analysis/analyse.ts';
import type { LocalTable } from '../../server/analysis/local/table.ts';
import { openDeliveries } from '../../server/delivery/deliveries.ts';
import { evaluateDue } from '../../server/delivery/evaluate.ts';
import type { Envelope, Seen } from '../../server/delivery/face.ts';
import { lookAgainNear } from '../../server/delivery/look-again.ts';
import { noticeChange, sweepNext } from '../../server/delivery/sweep.ts';
import type { DeliveryWorld } from '../../server/delivery/world.ts';
import { type CopyRow, copiesOfMessage, type DeliveryRow } from '../../server/store/deliveries.ts';
import { rememberMailboxes } from '../../server/store/directory.ts';
import { latestVerdict, type MessageRow, messageById } from '../../server/store/messages.ts';
import { type RetractionRow, retractionById } from '../../server/store/retractions.ts';
import { Desk, TENANT } from '../submission/desk.ts';
import { ask } from './ask.ts';

const bytes = new Uint8Array(readFileSync(join(process.cwd(), 'server/analysis/models/default.bin')));
export const model = loadModel(bytes);

export class DeliveryDesk {
  readonly world: DeliveryWorld;
  /** What the organisation has taught its model. */
  taught: LocalTable | null = null;
  private readonly deliveries: ReturnType<typeof openDeliveries>;

  private constructor(readonly desk: Desk) {
    this.world = {
      ...desk.world,
      lists: desk.lists,
      judge: desk.world.judge as DeliveryWorld['judge'],
      ownDomains: async () => ['example.org'],
      model,
      local: () => this.taught,
      modelDigest: createHash('sha256').update(bytes).digest('hex'),
      delaysMs: [300_000, 43_200_000, 86_400_000],
    };
    this.deliveries = openDeliveries(this.world);
  }

  static async open(people: readonly string[] = ['ana', 'ben', 'ida']): Promise<DeliveryDesk> {
    const desk = await Desk.open();
    const mailboxes = people.map((name) => ({
      provider: 'microsoft365' as const,
      address: `${name}@example.org`,
      aliases: [`${name}.alias@example.org`],
      userId: name,
      kind: 'user' as const,
    }));
    await rememberMailboxes(desk.store.db, TENANT, mailboxes, desk.time);
    return new DeliveryDesk(desk);
  }

  close = () => this.desk.close();

  /** Into the inbox of one person, read there. */
  delivered = (person: string, raw: string): Promise<Seen> =>
    this.seen(raw, {
      mode: 'API',
      recipients: [],
      deliveredAt: this.desk.time,
      copy: {
        provider: 'microsoft365',
        mailbox: `${person}@example.org`,
        providerMessageId: `${person} ${createHash('sha256').update(raw).digest('hex').slice(0, 8)}`,
      },
    });

  seen = (raw: string | Uint8Array, envelope: Envelope): Promise<Seen> =>
    this.deliveries.seen(typeof raw === 'string' ? Buffer.from(raw) : raw, envelope);
  watching = () => this.deliveries.watching();

  async evaluate(): Promise<void> {
    while (await evaluateDue(this.world));
  }

  async sweep(): Promise<void> {
    await noticeChange(this.world);
    while (await sweepNext(this.world, 'desk'));
  }

  lookAgain = (clusterId: string) => lookAgainNear(this.world, clusterId);

  message = async (seen: Seen): Promise<MessageRow & Record<string, unknown>> =>
    (await messageById(this.db, idOf(seen))) as MessageRow & Record<string, unknown>;
  verdict = async (seen: Seen) => (await latestVerdict(this.db, idOf(seen)))!;
  copies = (seen: Seen): Promise<CopyRow[]> => copiesOfMessage(this.db, idOf(seen), 100);
  delivery = async (seen: Seen): Promise<DeliveryRow> =>
    (await ask<DeliveryRow>(this.db, 'select * from deliveries where message_id = $1', idOf(seen)))[0]!;
  retraction = async (seen: Seen): Promise<RetractionRow | null> => {
    const { retraction_id: id } = await this.delivery(seen);
    return id === null ? null : retractionById(this.db, TENANT, id);
  };
  count = async (table: string): Promise<number> =>
    (await ask<{ n: number }>(this.db, `select count(*)::int as n from ${table}`))[0]!.n;
  audited = (action: string) =>
    ask<{ subject_id: string; detail: Record<string, unknown> }>(
      this.db,
      'select subject_id, detail from audit_log where action = $1 order by id',
      action,
    );

  get db() {
    return this.desk.store.db;
  }
}

export function idOf(seen: Seen): string {
  if (seen.state !== 'kept') throw new Error(`ignored: ${seen.reason}`);
  return seen.messageId;
}
