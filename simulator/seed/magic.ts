/** The magic mailboxes beside the demo's people, each with a copy of the big lures: `simulate --magic`. */
import { magicNames } from '../magic.ts';
import type { Simulator } from '../simulator.ts';
import { compose } from './compose.ts';
import { demoLetters } from './demo.ts';
import { demoDomain } from './people.ts';

const lures = new Set(['invoice-lure', 'password-expiry', 'postfach-voll']);

export function seedMagic({ tenant }: Pick<Simulator, 'tenant'>, start: number, salt = ''): void {
  const letters = demoLetters(start, salt).filter((letter) => lures.has(letter.name));
  for (const name of magicNames) {
    const mailbox = { address: `${name}@${demoDomain}`, displayName: `Magic ${name}` };
    tenant.addPerson(mailbox.address, { displayName: mailbox.displayName, department: 'Magic mailboxes' });
    for (const letter of letters) {
      const at = Math.floor((start - letter.hoursAgo * 3_600_000) / 1000) * 1000;
      tenant.deliver(mailbox.address, compose(letter, mailbox, at), { label: letter.name, receivedAt: at });
    }
  }
}
