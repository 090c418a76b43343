import type { PsrSettings } from '../../shared/api.ts';
import type { PsrPrecision } from '../../shared/metrics.ts';
import { DISPOSITIONS, type Disposition } from '../../shared/verdict.ts';
import type { PsrFigures } from '../store/psr-metrics.ts';
import { share, sum } from './tally.ts';
import { neededFor, wilson } from './wilson.ts';

/** Whoever previews MALICIOUS is right when a person calls it any kind of phishing: nobody wants it back. */
const PHISHING: readonly Disposition[] = ['MALICIOUS', 'SPOOF', 'SUSPICIOUS'];
/** Of what is previewed as spam or bulk, whatever a person does not call clean. */
const UNWANTED: readonly Disposition[] = [...PHISHING, 'SPAM', 'BULK'];

/** Fewer decisions say nothing, whatever they are. */
export const DECISIONS_LEAST = 30;
/** Sure that fewer than one campaign in a hundred would be taken back wrongly. */
export const PRECISION_LEAST = 0.99;

/** What people said of what PSR previewed or did, a row for each disposition it met; previews first. */
export function psrPrecision(
  found: readonly PsrFigures[],
  psr: Pick<PsrSettings, 'mode' | 'dispositions'>,
): PsrPrecision[] {
  const rows: PsrPrecision[] = [];
  for (const mode of ['preview', 'acted'] as const) {
    for (const disposition of DISPOSITIONS) {
      const of = found.filter((one) => one.previewed === (mode === 'preview') && one.machine === disposition);
      if (of.length > 0) rows.push(rowOf(mode, disposition, of, psr));
    }
  }
  return rows;
}

function rowOf(
  mode: PsrPrecision['mode'],
  disposition: Disposition,
  found: readonly PsrFigures[],
  psr: Pick<PsrSettings, 'mode' | 'dispositions'>,
): PsrPrecision {
  const fits = PHISHING.includes(disposition) ? PHISHING : UNWANTED;
  const decided = sum(found, (one) => one.decided !== null);
  const right = sum(found, (one) => one.decided !== null && fits.includes(one.decided));
  const { low, high } = wilson(right, decided);
  const isOn = psr.mode === 'on' && (psr.dispositions as readonly Disposition[]).includes(disposition);
  const recommendation = mode === 'acted' ? null : isOn ? 'is_on' : recommend(right, decided);
  return {
    mode,
    disposition,
    campaigns: sum(found),
    decided,
    right,
    precision: share(right, decided),
    low: decided === 0 ? null : low,
    high: decided === 0 ? null : high,
    recommendation,
    needed:
      recommendation === null || recommendation === 'is_on' || recommendation === 'switch_on'
        ? null
        : Math.max(DECISIONS_LEAST - decided, neededFor(PRECISION_LEAST, right, decided)),
  };
}

export function recommend(right: number, decided: number): 'too_few' | 'not_yet' | 'errors' | 'switch_on' {
  if (decided < DECISIONS_LEAST) return right === decided ? 'too_few' : 'errors';
  if (wilson(right, decided).low >= PRECISION_LEAST) return 'switch_on';
  return right / decided < PRECISION_LEAST ? 'errors' : 'not_yet';
}
