import { Value } from 'typebox/value';
import { GuardSettings, PsrSettings, RetractionSettings, SharedMailboxSettings } from '../../shared/api.ts';
import { PdrSettings, WatchSettings } from '../../shared/delivery.ts';
import { LureSettings } from '../../shared/lure-settings.ts';
import { IntakeSettings, NotificationSettings } from '../../shared/mail.ts';
import { LearningSettings } from '../../shared/model.ts';
import { audit } from '../store/audit.ts';
import type { Db, Store } from '../store/database.ts';
import { storedSetting, storeSetting } from '../store/settings.ts';
import type { SettingName, Settings, SettingValues } from './face.ts';

const schemas = {
  psr: PsrSettings,
  pdr: PdrSettings,
  watch: WatchSettings,
  retraction: RetractionSettings,
  guard: GuardSettings,
  shared_mailboxes: SharedMailboxSettings,
  lures: LureSettings,
  learning: LearningSettings,
  notifications: NotificationSettings,
  intake: IntakeSettings,
};

/** What holds until somebody decides otherwise. A fresh server shows what PSR would do; it does not do it. */
export const DEFAULT_SETTINGS: SettingValues = {
  psr: { mode: 'preview', scope: 'message', dispositions: ['MALICIOUS'] },
  pdr: { mode: 'preview' },
  // Nobody's mail is read that nobody chose.
  watch: { mailboxes: [], every_seconds: 60, look_back_hours: 0 },
  retraction: {
    destinations: {
      MALICIOUS: 'Quarantine',
      SUSPICIOUS: 'NoAction',
      SPOOF: 'NoAction',
      SPAM: 'NoAction',
      BULK: 'NoAction',
    },
    paused: false,
  },
  guard: { max_mailboxes: 500, max_share: 0.05, canary_mailbox: null },
  shared_mailboxes: { mailboxes: [] },
  // Whoever looks at a link may be seen looking.
  lures: { mode: 'off' },
  learning: { promotion: 'propose' },
  // A verdict that somebody asked for by mail is answered; everything else is an administrator's wish.
  notifications: {
    from_name: '',
    language: 'en',
    team_verdict: true,
    user_verdicts: { MALICIOUS: false, SUSPICIOUS: false, SPOOF: false, SPAM: false, BULK: false, NONE: false },
    mail_removed: false,
    mail_restored: false,
    invalid_submission: false,
  },
  intake: { team_members: [] },
};

/** A stored value that no longer fits the schema counts as never stored. */
export async function readSetting<N extends SettingName>(
  db: Db,
  tenant: string,
  name: N,
  defaults: SettingValues = DEFAULT_SETTINGS,
): Promise<SettingValues[N]> {
  const stored = await storedSetting(db, tenant, name);
  return stored !== null && Value.Check(schemas[name], stored) ? (stored as SettingValues[N]) : defaults[name];
}

/** @param defaults what a deployment starts with: the demo starts with PSR on. */
export function openSettings(store: Store, tenant: string, defaults: SettingValues = DEFAULT_SETTINGS): Settings {
  return {
    get: (name) => readSetting(store.db, tenant, name, defaults),
    put: async (name, value, actor) => {
      await store.inTransaction(async (trx) => {
        const before = await readSetting(trx, tenant, name, defaults);
        await storeSetting(trx, tenant, name, value, actor);
        await audit(trx, {
          tenant,
          actor,
          action: 'setting.changed',
          subjectId: name,
          detail: { before, after: value },
        });
      });
      return value;
    },
  };
}
