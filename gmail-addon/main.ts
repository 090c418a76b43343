/** The add-in's functions as Apps Script calls them; each export becomes a global of the bundle. */
import { languageOf } from '../shared/i18n/language.ts';
import { EXPOSURES, REPORT_TYPES } from '../shared/submission.ts';
import { createBackend } from './backend.ts';
import { cardOf, FIELD } from './card.ts';
import type { Manner } from './card-parts.ts';
import { addCard, drawCard, dropCard, replaceCard } from './card-service.ts';
import { ORIGIN } from './configuration.ts';
import { type Occasion, occasionOf } from './event.ts';
import { claimsOf, identity, requireScopes } from './identity.ts';
import { readMessage } from './mailbox.ts';
import { createMemory } from './memory.ts';
import type { Outside } from './outside.ts';
import type { Screen } from './screen.ts';
import { check, type Draft, open, report, sendAgain, withdraw } from './story.ts';

type Card = GoogleAppsScript.Card_Service.Card;
type ActionResponse = GoogleAppsScript.Card_Service.ActionResponse;

/** The panel without a message, on the web only. */
export function onHomepage(event: unknown): Card {
  return drawCard(cardOf({ at: 'home' }, mannerOf(occasionOf(event))));
}

/** A message is opened: no call to anywhere, nothing read of the message. */
export function onGmailMessageOpen(event: unknown): Card {
  const occasion = occasionOf(event);
  return drawCard(cardOf(open(occasion.messageId, { memory: createMemory() }), mannerOf(occasion)));
}

export function onReport(event: unknown): ActionResponse {
  return pressed(event, (occasion, outside) => report(draftOf(occasion), occasion, outside));
}

export function onSendAgain(event: unknown): ActionResponse {
  return pressed(event, (occasion, outside) => sendAgain(draftOf(occasion), occasion, outside));
}

export function onCheckAgain(event: unknown): ActionResponse {
  return pressed(event, (occasion, outside) => check(occasion.parameters.id ?? '', occasion, outside));
}

export function onAskToWithdraw(event: unknown): ActionResponse {
  const occasion = occasionOf(event);
  return addCard(cardOf({ at: 'asking', id: occasion.parameters.id ?? '' }, mannerOf(occasion)));
}

/** "Keep it": back to the verdict. */
export function onKeepReport(): ActionResponse {
  return dropCard();
}

export function onWithdraw(event: unknown): ActionResponse {
  return pressed(event, (occasion, outside) => withdraw(occasion.parameters.id ?? '', occasion, outside), true);
}

/**
 * For the administrator, run once in the script editor: prints the `aud` of this script's identity tokens, which
 * REELBACK_GOOGLE_ADDON_AUDIENCES must list.
 */
export function showClientId(): string {
  const token: string | null = ScriptApp.getIdentityToken();
  const audience = String((token && claimsOf(token).aud) ?? 'no identity token: the scope openid is missing');
  console.log(audience);
  return audience;
}

function pressed(
  event: unknown,
  act: (occasion: Occasion, outside: Outside) => Screen,
  dropTop = false,
): ActionResponse {
  // First of all: what Google throws here is its own question to the person.
  requireScopes();
  const occasion = occasionOf(event);
  const screen = act(occasion, outsideOf(occasion));
  return replaceCard(cardOf(screen, mannerOf(occasion)), { changed: screen.at === 'result', dropTop });
}

function outsideOf(occasion: Occasion): Outside {
  return {
    identity,
    readMessage: () => readMessage(occasion),
    backend: createBackend(localeOf(occasion)),
    memory: createMemory(),
    now: () => Date.now(),
    randomId: () => Utilities.getUuid(),
  };
}

function mannerOf(occasion: Occasion): Manner {
  return {
    language: languageOf(localeOf(occasion)),
    time: (at, pattern) => Utilities.formatDate(new Date(at), occasion.timeZone, pattern),
    origin: ORIGIN,
  };
}

function localeOf({ locale }: Occasion): string {
  return locale || Session.getActiveUserLocale() || 'en';
}

function draftOf({ inputs }: Occasion): Draft {
  const type = REPORT_TYPES.find((known) => known === inputs[FIELD.type]?.[0]) ?? 'phish';
  const exposure = EXPOSURES.filter((known) => inputs[FIELD.exposure]?.includes(known));
  return { type, exposure, comment: inputs[FIELD.comment]?.[0] ?? '' };
}
