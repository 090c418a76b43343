import type { Finding } from '../../../shared/verdict.ts';
import type { Message } from '../../message/message.ts';
import { isWithin, registrableDomain } from '../domains.ts';
import { find } from './catalogue.ts';
import { passage } from './passage.ts';
import type { Sightings } from './phrases.ts';
import * as say from './vocabulary.ts';

/**
 * Services that mail what their users write: an issue, a comment, an invoice, a share, an invitation. The mail is
 * genuine and passes every check; the words in it are a stranger's.
 */
const CARRIERS = [
  'github.com',
  'gitlab.com',
  'bitbucket.org',
  'atlassian.net',
  'atlassian.com',
  'trello.com',
  'asana.com',
  'monday.com',
  'notion.so',
  'docs.google.com',
  'dropbox.com',
  'box.com',
  'docusign.net',
  'docusign.com',
  'adobesign.com',
  'hellosign.com',
  'sharepointonline.com',
  'zoom.us',
  'calendly.com',
  'eventbrite.com',
  'paypal.com',
  'intuit.com',
  'quickbooks.com',
  'squareup.com',
  'stripe.com',
  'xero.com',
  'freshbooks.com',
  'zendesk.com',
  'canva.com',
  'slack.com',
  'linkedin.com',
  'facebookmail.com',
];

/** Purposes that none of these services has of its own. */
const NEVER_THEIRS = [
  say.CALLBACK,
  say.CRYPTO,
  say.ADVANCE_FEE,
  say.GIFT_CARD,
  say.EXTORTION,
  say.PRIZE,
  say.BANK_CHANGE,
];
/** Purposes that the service has too: they count when the way leads elsewhere. */
const ALSO_THEIRS = [say.CREDENTIAL, say.ACCOUNT_THREAT];

/** A service's genuine mail that speaks like a lure: the passage is the evidence. */
export function borrowedService(message: Message, sightings: Sightings): Finding[] {
  const sender = message.headerFrom[0]?.domain ?? '';
  const carrier = CARRIERS.find((domain) => isWithin(sender, domain));
  if (carrier === undefined) return [];
  const foreign = message.links.some(
    (link) => link.host !== '' && link.source !== 'image' && !belongsTo(link.host, carrier),
  );
  const purposes = foreign ? [...NEVER_THEIRS, ...ALSO_THEIRS] : NEVER_THEIRS;
  for (const phrases of purposes) {
    const match = sightings.first(phrases);
    if (match) return [find('text.borrowed_service', `${carrier}: ${passage(sightings.text, match)}`)];
  }
  return [];
}

/** The service's own sites, its files and its country domains. */
function belongsTo(host: string, carrier: string): boolean {
  const name = carrier.slice(0, carrier.indexOf('.'));
  return isWithin(host, carrier) || registrableDomain(host).startsWith(name);
}
