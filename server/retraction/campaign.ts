/** What a retraction of scope `campaign` looks for, and which mails it takes: equal but for what is personal, in time, and no better authenticated. */
import type { PsrSettings } from '../../shared/api.ts';
import type { Verdict } from '../../shared/verdict.ts';
import type { SimilarQuery } from '../mailboxes/port.ts';
import { authenticatesBetter } from '../message/authenticates-better.ts';
import type { Authentication } from '../message/authentication-state.ts';
import { type CampaignPrint, campaignPrintOf, fixedSubjectWords, sameCampaign } from '../message/campaign.ts';
import type { Message } from '../message/message.ts';
import type { RetractionRow } from '../store/retractions.ts';

/** JSON: stands in the row of the retraction. */
export interface Campaign {
  print: CampaignPrint;
  /** Of the judged mail: nothing that proves more is taken. */
  authentication: Authentication;
  /** RFC 5322.From: the first address, and its domain. */
  headerFrom: string;
  domain: string;
  subjectWords: string[];
  /** RFC 3339. */
  since: string;
  until: string;
}

export type Belonging =
  | { is: 'same' }
  /** Like it, so a person should look; never moved. */
  | { is: 'near'; reason: 'similar_content' | 'authenticates_better' }
  | { is: 'other' };

/** Logit of 0.98: the machine alone has to be this sure before it takes mails that nobody has reported or judged. */
export const THETA_CAMPAIGN = Math.log(0.98 / 0.02);
/** From this likeness on a person is shown what differs. */
export const NEAR = 0.8;
const WINDOW_HOURS = 72;

/** @param time of reception of the judged mail as the provider shows it; null without an original: then there is no campaign */
export function campaignOf(
  mail: { message: Message; authentication: Authentication; own: readonly string[]; receivedAt: string | null },
  windowHours = WINDOW_HOURS,
): Campaign | null {
  const { message, authentication, own, receivedAt } = mail;
  const [from] = message.headerFrom;
  const at = receivedAt === null ? Number.NaN : Date.parse(receivedAt);
  if (message.headerFrom.length !== 1 || !from || from.domain === '' || Number.isNaN(at)) return null;
  return {
    print: campaignPrintOf(message, own),
    authentication,
    headerFrom: from.address,
    domain: from.domain,
    subjectWords: fixedSubjectWords(message, own),
    ...around(at, windowHours),
  };
}

/** What was kept of `campaignOf`, with the authentication and the window of now. */
export function campaignAgain(
  kept: Pick<Campaign, 'print' | 'authentication' | 'headerFrom' | 'subjectWords'> & { receivedAt: Date },
  windowHours = WINDOW_HOURS,
): Campaign {
  const { receivedAt, ...campaign } = kept;
  const domain = kept.headerFrom.slice(kept.headerFrom.lastIndexOf('@') + 1);
  return { ...campaign, domain, ...around(receivedAt.getTime(), windowHours) };
}

function around(atMs: number, windowHours: number): Pick<Campaign, 'since' | 'until'> {
  const windowMs = windowHours * 3_600_000;
  return { since: new Date(atMs - windowMs).toISOString(), until: new Date(atMs + windowMs).toISOString() };
}

/** The campaign that a new retraction takes; null: silently the judged mail alone. Pure. */
export function campaignTaken(
  verdict: Pick<Verdict, 'marginWithoutReporter' | 'definitive'>,
  setting: Pick<PsrSettings, 'scope'>,
  campaign: Campaign | null,
): Campaign | null {
  if (setting.scope !== 'campaign') return null;
  return verdict.definitive || verdict.marginWithoutReporter >= THETA_CAMPAIGN ? campaign : null;
}

/** null: the retraction takes the judged mail alone. */
export function campaignIn(retraction: RetractionRow): Campaign | null {
  return retraction.scope === 'campaign' ? (retraction.campaign as Campaign) : null;
}

export function queryOf({ headerFrom, subjectWords, since, until }: Campaign): SimilarQuery {
  return { headerFrom, subjectWords, since: new Date(since), until: new Date(until) };
}

export function isInWindow({ since, until }: Campaign, receivedAt: string | null): boolean {
  const at = receivedAt === null ? Number.NaN : Date.parse(receivedAt);
  return at >= Date.parse(since) && at <= Date.parse(until);
}

/** @param authenticate asked only of what is the same in everything else */
export async function belongsTo(
  campaign: Campaign,
  mail: { print: CampaignPrint; receivedAt: string | null },
  authenticate: () => Promise<Authentication> | Authentication,
): Promise<Belonging> {
  if (!isInWindow(campaign, mail.receivedAt)) return { is: 'other' };
  const sameness = sameCampaign(campaign.print, mail.print);
  if (!sameness.same) return sameness.similarity >= NEAR ? { is: 'near', reason: 'similar_content' } : { is: 'other' };
  if (!authenticatesBetter(await authenticate(), campaign.authentication, campaign.domain)) return { is: 'same' };
  return { is: 'near', reason: 'authenticates_better' };
}
