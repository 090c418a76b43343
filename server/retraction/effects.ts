import type { Effects, ProviderEffect } from '../../shared/effects.ts';
import { EFFECT_WORDS, effectText } from '../../shared/i18n/effect-words.ts';
import type { Language } from '../../shared/i18n/language.ts';
import type { Destination, Provider } from '../../shared/retraction.ts';
import type { MailProvider } from '../mailboxes/port.ts';
import type { Fingerprint } from '../message/fingerprint.ts';
import type { Db } from '../store/database.ts';
import { type PurgeableCopies, purgeableCopies } from '../store/purges.ts';
import { type ReachRow, reachOfRetraction } from '../store/retraction-effects.ts';
import type { RetractionRow } from '../store/retractions.ts';
import type { JudgedMail } from './judged-mails.ts';
import { earlierRetractions } from './start.ts';
import type { RetractionWorld } from './world.ts';

/**
 * What a person is shown before they decide: for each suite how many copies, and what the destination does to them there.
 * @param retraction null: of a mail that nobody has looked for yet
 */
export async function effectsOf(
  db: Db,
  world: Pick<RetractionWorld, 'tenant' | 'providers'>,
  retraction: Pick<RetractionRow, 'id' | 'preview'> | null,
  destination: Destination,
  language: Language,
): Promise<Effects> {
  // An id that no retraction has: the directory alone answers.
  const reach = await reachOfRetraction(db, world.tenant, retraction?.id ?? '');
  // Back to the Inbox, or for good, goes what has been taken away.
  const away =
    retraction && (destination === 'Inbox' || destination === 'RecoverableItemsPurges')
      ? await purgeableCopies(db, retraction.id, retraction.preview)
      : null;
  const providers = [...world.providers.values()].map((provider) =>
    effectOn(
      provider,
      destination,
      reach.find((r) => r.provider === provider.provider),
      away,
      language,
    ),
  );
  const refusal = refusalOf(providers, reach, language);
  return {
    destination,
    allowed: refusal === null,
    ...(refusal === null ? {} : { refusal }),
    mailboxes: sum(providers, (p) => p.mailboxes.with_copies),
    copies: sum(providers, (p) => p.copies),
    providers,
  };
}

/** Of several mails together: the newest look at each counts, and what nobody has looked for is not known. */
export async function effectsOfMails(
  db: Db,
  world: Pick<RetractionWorld, 'tenant' | 'providers'>,
  mails: readonly JudgedMail[],
  destination: Destination,
  language: Language,
): Promise<Effects> {
  const each: Effects[] = [];
  for (const mail of mails) {
    const { ofThisMail } = await earlierRetractions(db, world.tenant, mail.messageIds, mail.fingerprint as Fingerprint);
    const newest = ofThisMail.find((r) => !['cancelled', 'restoring', 'restored'].includes(r.state)) ?? null;
    each.push(await effectsOf(db, world, newest, destination, language));
  }
  const [first] = each;
  const refusal = each.find((e) => !e.allowed)?.refusal;
  return {
    destination,
    allowed: each.every((e) => e.allowed),
    ...(refusal === undefined ? {} : { refusal }),
    mailboxes: sum(each, (e) => e.mailboxes),
    copies: sum(each, (e) => e.copies),
    providers: (first?.providers ?? []).map((provider, at) => {
      const same = each.map((e) => e.providers[at]!);
      return {
        ...provider,
        copies: sum(same, (p) => p.copies),
        protected: sum(same, (p) => p.protected),
        mailboxes: {
          with_copies: sum(same, (p) => p.mailboxes.with_copies),
          searched: Math.min(...same.map((p) => p.mailboxes.searched)),
          total: Math.max(...same.map((p) => p.mailboxes.total)),
        },
      };
    }),
  };
}

function effectOn(
  provider: MailProvider,
  destination: Destination,
  reach: ReachRow | undefined,
  away: PurgeableCopies | null,
  language: Language,
): ProviderEffect {
  const { supported, undo, undoDays } = provider.effectOf(destination);
  const counted = away
    ? (away.providers.find((p) => p.provider === provider.provider) ?? { mailboxes: 0, copies: 0 })
    : { mailboxes: reach?.with_copies ?? 0, copies: reach?.copies ?? 0 };
  return {
    provider: provider.provider,
    supported,
    undo,
    undo_days: undoDays,
    text: effectText(provider.provider, destination, supported, language),
    mailboxes: { with_copies: counted.mailboxes, searched: reach?.searched ?? 0, total: reach?.total ?? 0 },
    copies: counted.copies,
    protected: away ? 0 : (reach?.protected ?? 0),
  };
}

/** Refused while copies lie, or may still be found, where the destination does not exist: they would stay in their inboxes. */
function refusalOf(providers: readonly ProviderEffect[], reach: readonly ReachRow[], language: Language) {
  const { provider: names, refused } = EFFECT_WORDS[language];
  const moved = (provider: Provider) => reach.find((r) => r.provider === provider)?.moved ?? 0;
  const missing = providers.filter(
    (p) =>
      !p.supported &&
      (p.copies > 0 || moved(p.provider) > 0 || p.mailboxes.total === 0 || p.mailboxes.searched < p.mailboxes.total),
  );
  return missing.length === 0 ? null : refused(missing.map((p) => names[p.provider]).join(', '));
}

const sum = <T>(items: readonly T[], of: (item: T) => number) => items.reduce((total, item) => total + of(item), 0);
