/** Gmail's magic mailboxes beside the lab's people, each with a copy of the big lures: `simulate --magic`. */
import { gmailMagicNames } from '../gmail/magic.ts';
import type { Simulator } from '../simulator.ts';
import { compose } from './compose.ts';
import { lettersOfTheLab } from './lab.ts';
import { labAddressOf } from './lab-people.ts';
import { gmailTrace } from './received-google.ts';

const lures = new Set(['invoice-lure', 'password-expiry']);

export function seedGmailMagic({ google }: Pick<Simulator, 'google'>, start: number, salt = ''): void {
  const letters = lettersOfTheLab(start, salt).filter((letter) => lures.has(letter.name));
  for (const name of gmailMagicNames) {
    const mailbox = { address: labAddressOf({ name }), displayName: `Magic ${name}` };
    google.addMailbox(mailbox.address, { displayName: mailbox.displayName, department: 'Magic mailboxes' });
    for (const letter of letters) {
      const at = Math.floor((start - letter.hoursAgo * 3_600_000) / 1000) * 1000;
      google.workspace.deliver(mailbox.address, compose(letter, mailbox, at, gmailTrace), {
        label: letter.name,
        receivedAt: at,
      });
    }
  }
}
