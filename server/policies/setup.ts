import { SETUP_STEPS, type Setup, type SetupStep } from '../../shared/setup.ts';
import type { Store } from '../store/database.ts';
import { setupCounts } from '../store/setup.ts';
import type { Settings } from './face.ts';

/** What is done of an administrator's first hour, told from what is there and not from what was clicked. */
export interface Setups {
  setup(): Promise<Setup>;
}

export function openSetup(world: {
  tenant: string;
  store: Store;
  settings: Pick<Settings, 'get'>;
  /** Whether people sign in with a provider. */
  signIn: boolean;
}): Setups {
  const { settings, store, tenant } = world;
  return {
    async setup() {
      const [counts, psr, watch, notifications] = await Promise.all([
        setupCounts(store.db, tenant),
        settings.get('psr'),
        settings.get('watch'),
        settings.get('notifications'),
      ]);
      const watched = watch.mailboxes.length + counts.seen;
      const writes = Object.values(notifications.user_verdicts).includes(true) || notifications.mail_removed;
      const told = counts.webhooks + (writes ? 1 : 0);
      const count: Record<SetupStep, number> = {
        mailboxes: counts.mailboxes,
        report: counts.reports,
        sign_in: world.signIn ? 1 : 0,
        names: counts.names,
        watch: watched,
        told,
        psr: psr.mode === 'on' ? 1 : 0,
      };
      return { steps: SETUP_STEPS.map((id) => ({ id, done: count[id] > 0, count: count[id] })) };
    },
  };
}
