/** The hidden label that marks what we took away: in the claim it fetches the pre-image, in the trash it says whose work it is. */
import { TemporaryError } from '../../shared/errors.ts';
import { callForBody, pageOf } from './gmail-call.ts';
import { createHiddenLabel, listLabels } from './gmail-requests.ts';
import type { GmailTenant } from './gmail-tenant.ts';
import { Recent } from './recent.ts';

const KEPT_MS = 24 * 3_600_000;
const KEPT_MOST = 50_000;

export class GmailLabels {
  /** For the mailbox whose owner made a visible label of that name: Gmail refuses a second one. */
  readonly #spareName: string;
  readonly #ids: Recent<string, Promise<string>>;

  constructor(
    private readonly tenant: GmailTenant,
    private readonly markerName: string,
  ) {
    this.#spareName = `${markerName} (hidden)`;
    this.#ids = new Recent(KEPT_MS, KEPT_MOST, tenant.effects.now);
  }

  /** Asked for once however many ask at the same time; created when there is none. */
  marker(mailbox: string): Promise<string> {
    const key = mailbox.toLowerCase();
    const known = this.#ids.get(key);
    if (known) return known;
    const asked = this.#made(mailbox);
    this.#ids.set(key, asked);
    asked.catch(() => this.#ids.delete(key));
    return asked;
  }

  /** null when the mailbox has none: nothing there was ever marked. */
  async markerIfAny(mailbox: string): Promise<string | null> {
    const known = this.#ids.get(mailbox.toLowerCase());
    if (known) return known;
    const { ours } = await this.#listed(mailbox);
    if (ours !== null) this.#ids.set(mailbox.toLowerCase(), Promise.resolve(ours));
    return ours;
  }

  forget(mailbox: string): void {
    this.#ids.delete(mailbox.toLowerCase());
  }

  /** Ids of every label that can be applied now. */
  async all(mailbox: string): Promise<Set<string>> {
    const body = await callForBody(this.tenant, mailbox, await listLabels());
    return new Set(pageOf(body, 'labels').rows.map(({ id }) => String(id)));
  }

  async #made(mailbox: string): Promise<string> {
    const { ours, free } = await this.#listed(mailbox);
    if (ours !== null) return ours;
    try {
      const body = await callForBody(this.tenant, mailbox, await createHiddenLabel(free));
      return idIn(body);
    } catch (error) {
      if (!(error instanceof TemporaryError) || !error.outcomeUnknown) throw error;
      // 409 because another server was first, or a lost reply: either way it is there now, or it is not.
      const again = await this.#listed(mailbox);
      if (again.ours === null) throw new TemporaryError('gmail: the marker label is not there yet', { cause: error });
      return again.ours;
    }
  }

  /** Ours is the hidden one: a visible label is its owner's, and would show the lure. */
  async #listed(mailbox: string): Promise<{ ours: string | null; free: string }> {
    const body = await callForBody(this.tenant, mailbox, await listLabels());
    let free = this.markerName;
    for (const label of pageOf(body, 'labels').rows) {
      const name = typeof label.name === 'string' ? label.name : '';
      const hidden = label.labelListVisibility === 'labelHide';
      if (hidden && (name === this.markerName || name === this.#spareName)) return { ours: idIn(label), free };
      if (!hidden && name.toLowerCase() === free.toLowerCase()) free = this.#spareName;
    }
    return { ours: null, free };
  }
}

function idIn(body: unknown): string {
  const id = typeof body === 'object' && body !== null && 'id' in body ? body.id : null;
  if (typeof id !== 'string' || id === '') throw new TemporaryError('gmail: unreadable label');
  return id;
}
