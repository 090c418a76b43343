import { concludeWeighed, type Opinion } from '../analysis/conclude.ts';
import { type LocalTable, localShare } from '../analysis/local/table.ts';
import { logistic } from '../analysis/model/score.ts';
import type { SeenMail } from './seen-mail.ts';

/** How a model does on labelled mail. */
export interface Figures {
  phish: number;
  /** Phish that end MALICIOUS, SPOOF or SUSPICIOUS. */
  caught: number;
  legitimate: number;
  /** Legitimate mail that ends there. */
  flagged: number;
  /** Legitimate mail that ends MALICIOUS. */
  malicious: number;
  /** Mean log-loss of both outputs, in nats; 0 of no mail. */
  loss: number;
}

const FLAGGED = new Set(['MALICIOUS', 'SPOOF', 'SUSPICIOUS']);

/**
 * @param tableFor the table that judges a mail: of a mail that was trained with, one that has not seen it
 * @param opinion the organisation's calibration, where it has one: figures are of verdicts as they would be given
 */
export function figuresOf(
  mails: readonly SeenMail[],
  tableFor: (mail: SeenMail, at: number) => LocalTable | null,
  opinion: Pick<Opinion, 'calibration'> = {},
): Figures {
  const figures: Figures = { phish: 0, caught: 0, legitimate: 0, flagged: 0, malicious: 0, loss: 0 };
  let terms = 0;
  for (const [at, mail] of mails.entries()) {
    const table = tableFor(mail, at);
    const weighed = table ? { ...mail.weighed, local: localShare(table, mail.features) } : mail.weighed;
    const { disposition, margin, spamScore } = concludeWeighed(weighed, opinion);
    const flagged = FLAGGED.has(disposition);
    if (mail.label === 'malicious') {
      figures.phish++;
      if (flagged) figures.caught++;
    } else if (mail.label === 'benign') {
      figures.legitimate++;
      if (flagged) figures.flagged++;
      if (disposition === 'MALICIOUS') figures.malicious++;
    }
    if (mail.label !== 'spam') {
      figures.loss += lossOf(logistic(margin), mail.label === 'malicious');
      terms++;
    }
    figures.loss += lossOf(spamScore, mail.label !== 'benign');
    terms++;
  }
  return { ...figures, loss: terms === 0 ? 0 : figures.loss / terms };
}

const lossOf = (p: number, yes: boolean) => -Math.log(Math.max(1e-9, yes ? p : 1 - p));

/** How far a table moves mail about which nobody taught it anything, on average, in logits of the phishing margin. */
export interface Shift {
  phish: number;
  legitimate: number;
}

export function shiftOf(mails: readonly SeenMail[], table: LocalTable): Shift {
  const mean = (label: SeenMail['label']) => {
    const shares = mails
      .filter((mail) => mail.label === label)
      .map(({ features }) => localShare(table, features).malicious);
    return shares.length === 0 ? 0 : shares.reduce((sum, share) => sum + share, 0) / shares.length;
  };
  return { phish: mean('malicious'), legitimate: mean('benign') };
}
