import type { LogDataset } from '../../shared/log-rows.ts';
import { alertRow, type LogContext, postDeliveryRow } from '../notify/log-rows.ts';
import { audit } from '../store/audit.ts';
import type { Store } from '../store/database.ts';
import { type EventRow, eventsBetween } from '../store/event-rows.ts';
import { bundleOf } from './bundle.ts';
import type { Exports } from './export-face.ts';

export interface ExportsWorld {
  tenant: string;
  store: Store;
  context(): Promise<LogContext>;
  now(): Date;
}

const KINDS: Record<LogDataset, readonly EventRow['kind'][]> = {
  alerts: ['alert'],
  'post-delivery': ['move', 'release', 'submission'],
};
const PAGE_ROWS = 500;

export function openExports(world: ExportsWorld): Exports {
  const { store, tenant } = world;
  return {
    log: async (dataset, { start, end }, actor) => {
      await store.inTransaction((trx) =>
        audit(trx, {
          tenant,
          actor: actor.id,
          action: 'log.exported',
          subjectId: dataset,
          detail: { start: start.toISOString(), end: end.toISOString() },
        }),
      );
      return linesOf(world, dataset, { start, end });
    },
    bundle: (of, id, actor, language) => bundleOf(world, of, id, actor, language),
  };
}

/** A page at a time: whoever reads slowly holds no transaction. */
async function* linesOf(
  { store, tenant, context }: ExportsWorld,
  dataset: LogDataset,
  span: { start: Date; end: Date },
): AsyncIterable<string> {
  const known = await context();
  const row = dataset === 'alerts' ? alertRow : postDeliveryRow;
  let after: { at: Date; id: number } | null = null;
  for (;;) {
    const page: EventRow[] = await eventsBetween(store.db, {
      tenant,
      kinds: KINDS[dataset],
      ...span,
      after,
      limit: PAGE_ROWS,
    });
    if (page.length > 0) yield page.map((event) => `${JSON.stringify(row(event, known))}\n`).join('');
    const last = page.at(-1);
    if (!last || page.length < PAGE_ROWS) return;
    after = { at: last.at, id: last.id };
  }
}
