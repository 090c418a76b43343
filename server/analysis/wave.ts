import type { Weighed } from './conclude.ts';
import { find } from './evidence/catalogue.ts';

/** The same weighed mail once it is known how many distinct mails of its kind there are, itself included. */
export function withWave(weighed: Weighed, distinctMessages: number): Weighed {
  const findings = weighed.findings.filter(({ id }) => id !== 'campaign.wave');
  if (distinctMessages >= 2) findings.push(find('campaign.wave', `${distinctMessages} mails`));
  return {
    ...weighed,
    findings,
    campaign: { sharedWithConfirmed: weighed.campaign?.sharedWithConfirmed ?? [], distinctMessages },
  };
}
