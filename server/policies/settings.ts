import { Value } from 'typebox/value';
import { GuardSettings, PsrSettings, RetractionSettings, SharedMailboxSettings } from '../../shared/api.ts';
import { BrandingSettings } from '../../shared/branding.ts';
import { PdrSettings, WatchSettings } from '../../shared/delivery.ts';
import { LureSettings } from '../../shared/lure-settings.ts';
import { IntakeSettings, NotificationSettings } from '../../shared/mail.ts';
import { LearningSettings } from '../../shared/model.ts';
import { PrivacySettings } from '../../shared/privacy.ts';
import { audit } from '../store/audit.ts';
import type { Db, Store } from '../store/database.ts';
import { ownDomains } from '../store/directory.ts';
import { storedSetting, storeSetting } from '../store/settings.ts';
import { checkedBranding } from './checked-branding.ts';
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
  branding: BrandingSettings,
  privacy: PrivacySettings,
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
  branding: {
    organisation: '',
    colour: null,
    logo: null,
    texts: { en: { contact: '', thanks: '' }, de: { contact: '', thanks: '' } },
  },
  privacy: { clean_body_hours: null, body_days: 365, metadata_days: 365, detection_days: 365 },
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
    put: (name, wished, actor) =>
      store.inTransaction(async (trx) => {
        const value = await checked(trx, tenant, name, wished);
        const before = await readSetting(trx, tenant, name, defaults);
        await storeSetting(trx, tenant, name, value, actor);
        await audit(trx, {
          tenant,
          actor,
          action: 'setting.changed',
          subjectId: name,
          detail: { before: told(before), after: told(value) },
        });
        return value;
      }),
  };
}

/** What a schema cannot say. @throws PermanentError `invalid_setting` */
async function checked<N extends SettingName>(
  trx: Db,
  tenant: string,
  name: N,
  value: SettingValues[N],
): Promise<SettingValues[N]> {
  if (name !== 'branding') return value;
  return checkedBranding(value as BrandingSettings, await ownDomains(trx, tenant)) as SettingValues[N];
}

/** A picture has no place in a log. */
function told<V extends object>(value: V): object {
  return 'logo' in value && typeof value.logo === 'string'
    ? { ...value, logo: `${value.logo.length} characters` }
    : value;
}
