/** Mail that services send because something happened. */
import type { Block, Brand, Letter } from '../letter.ts';
import { alertRows } from './alerts.ts';
import { purchaseRows } from './purchases.ts';

export type ServiceRow = [
  name: string,
  from: string,
  to: readonly string[],
  hoursAgo: number,
  brand: Brand,
  subject: string,
  body: readonly Block[],
];

export const transactions: readonly Letter[] = [...alertRows, ...purchaseRows].map(
  ([name, from, to, hoursAgo, look, subject, body], i) => {
    const domain = /@([^>]+)/.exec(from)![1]!;
    return {
      name,
      from,
      to,
      hoursAgo,
      subject,
      body,
      brand: look,
      messageId: name === 'calibration-portal' ? '<20261118.portal-release@calibration-portal.example>' : undefined,
      origin: { host: `out.${domain}`, ip: `192.0.2.${20 + i}`, country: 'DE' },
    } satisfies Letter;
  },
);
