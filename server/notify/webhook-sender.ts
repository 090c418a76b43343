/** Empties the outbox: whatever the rows say is due goes to its target, at least once, in about the order it happened. */

import type { Changes } from '../store/changes.ts';
import type { Store } from '../store/database.ts';
import { eventsByIds } from '../store/event-rows.ts';
import { WEBHOOKS_DUE } from '../store/mail-events.ts';
import {
  claimDeliveries,
  deliveriesWait,
  recordDelivered,
  recordRefusal,
  releaseDeliveries,
  type Turn,
  type WebhookRow,
} from '../store/webhooks.ts';
import { SIGNATURE_HEADER, signatureOf } from './signature.ts';
import { type BodyContext, type WebhookBody, webhookBody } from './webhook-body.ts';

/** One POST, as lookups/guarded-post.ts does it. */
export type Post = (
  url: string,
  headers: Record<string, string>,
  body: string,
) => Promise<{ ok: true; status: number; retryAfterMs: number | null; text: string } | { ok: false; reason: string }>;

export interface SenderWorld {
  tenant: string;
  store: Store;
  changes: Changes;
  post: Post;
  context(): Promise<BodyContext>;
  now(): Date;
  randomId(prefix: string): string;
  log: { error(fields: Record<string, unknown>, text: string): void };
  tuning?: Partial<SenderTuning>;
}

export interface SenderTuning {
  /** Longer than a whole turn may take. */
  leaseMs: number;
  /** First rest of a target that fails; doubles up to maxBackoffMs. */
  backoffMs: number;
  maxBackoffMs: number;
  /** When an event is given up. */
  giveUpMs: number;
}

const TUNING: SenderTuning = {
  leaseMs: 120_000,
  backoffMs: 5_000,
  maxBackoffMs: 15 * 60_000,
  giveUpMs: 24 * 3_600_000,
};

/** Events of one target a turn, and how many of them are under way at a time. */
const PER_TURN = 40;
const AT_ONCE = 4;
const POLL_MS = 2_000;

export interface WebhookSender {
  start(): void;
  /** Waits for what is under way; what it leaves undone stands in its rows. */
  stop(): Promise<void>;
  idle(): Promise<boolean>;
}

export function createWebhookSender(world: SenderWorld): WebhookSender {
  let stopped = false;
  let working = false;
  let wake = () => {};
  let poked = false;
  let loop: Promise<void> = Promise.resolve();
  const unlisten = world.changes.on(WEBHOOKS_DUE, () => {
    poked = true;
    wake();
  });

  const sleep = () =>
    new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, POLL_MS);
      wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });

  return {
    start() {
      loop = (async () => {
        while (!stopped) {
          poked = false;
          working = true;
          const any = await deliverNext(world, () => stopped).catch((error: unknown) => {
            world.log.error(
              { error: error instanceof Error ? error.message : String(error) },
              'webhooks were not sent',
            );
            return false;
          });
          working = false;
          if (!any && !poked && !stopped) await sleep();
        }
      })();
    },
    async stop() {
      stopped = true;
      unlisten();
      wake();
      await loop;
    },
    idle: async () => !working && !(await deliveriesWait(world.store.db, world.tenant, world.now())),
  };
}

/** One turn of every target that has something due. @returns false when there was nothing */
export async function deliverNext(world: SenderWorld, stopped: () => boolean = () => false): Promise<boolean> {
  const owner = world.randomId('own');
  const { leaseMs } = { ...TUNING, ...world.tuning };
  const turns = await claimDeliveries(world.store.db, {
    tenant: world.tenant,
    owner,
    now: world.now(),
    leaseMs,
    perTarget: PER_TURN,
  });
  if (turns.length === 0) return false;
  const context = await world.context();
  // A target that hangs keeps nobody else waiting but the end of this turn.
  await Promise.all(turns.map((turn) => deliverTurn(world, turn, owner, context, stopped)));
  return true;
}

async function deliverTurn(
  world: SenderWorld,
  { webhook, deliveries }: Turn,
  owner: string,
  context: BodyContext,
  stopped: () => boolean,
): Promise<void> {
  const { db } = world.store;
  const events = new Map(
    (await eventsByIds(db, [...new Set(deliveries.map((d) => d.event_id))])).map((event) => [event.id, event]),
  );
  const waiting = [...deliveries];
  // After the first refusal the target rests: the others of this turn are not tried.
  let refused = false;
  const lane = async () => {
    while (!refused && !stopped()) {
      const delivery = waiting.shift();
      if (!delivery) return;
      const event = events.get(delivery.event_id);
      const body = event && webhookBody(webhook, event, context, world.now());
      const answer = body ? await send(world, webhook, body, `whd_${delivery.id}`) : null;
      const what = { id: delivery.id, owner, webhookId: webhook.id, now: world.now() };
      // Without its event nothing is left to say.
      if (answer === null || answer.error === null) await recordDelivered(db, what);
      else {
        refused = true;
        await recordRefusal(db, what, refusalOf(world, webhook, delivery, answer));
      }
    }
  };
  try {
    await Promise.all(Array.from({ length: AT_ONCE }, lane));
  } finally {
    await releaseDeliveries(
      db,
      waiting.map(({ id }) => id),
      owner,
    );
  }
}

interface Answer {
  status: number | null;
  /** null: accepted. */
  error: string | null;
  retryAfterMs: number | null;
}

/** One attempt. @param id the same however often it is tried: what a target has seen it may drop */
export async function send(
  { post, now }: Pick<SenderWorld, 'post' | 'now'>,
  webhook: Pick<WebhookRow, 'url' | 'secret'>,
  body: WebhookBody,
  id: string,
): Promise<Answer> {
  const answer = await post(
    webhook.url,
    {
      'content-type': 'application/json; charset=utf-8',
      'reelback-event': body.event,
      'reelback-delivery': id,
      [SIGNATURE_HEADER]: signatureOf(webhook.secret, body.text, now()),
      ...body.headers,
    },
    body.text,
  );
  if (!answer.ok) return { status: null, error: answer.reason, retryAfterMs: null };
  const { status, retryAfterMs } = answer;
  const accepted = status >= 200 && status < 300;
  return { status, error: accepted ? null : `http_${status}`, retryAfterMs };
}

function refusalOf(
  world: SenderWorld,
  webhook: WebhookRow,
  delivery: { created_at: Date },
  answer: Answer,
): { error: string; notBefore: Date; giveUp: boolean } {
  const tuning = { ...TUNING, ...world.tuning };
  const at = world.now().getTime();
  const rest = Math.min(tuning.backoffMs * 2 ** Math.min(webhook.failures, 20), tuning.maxBackoffMs);
  // Asked to wait longer than an hour, a target is tried all the same.
  const asked = Math.min(answer.retryAfterMs ?? 0, 3_600_000);
  return {
    error: answer.error ?? 'unreachable',
    notBefore: new Date(at + Math.max(rest, asked)),
    giveUp: at - delivery.created_at.getTime() > tuning.giveUpMs,
  };
}
