/** Many moves across mailboxes: a wave of claims, then a wave of removals, fifty to a batch, each sent once. */
import { TemporaryError } from '../../shared/errors.ts';
import type { Destination } from '../../shared/retraction.ts';
import { type BatchTask, runBatches } from './gmail-batch.ts';
import type { Meaning } from './gmail-errors.ts';
import { outcomeOf } from './gmail-find.ts';
import type { GmailLabels } from './gmail-label.ts';
import { claimOf, type LabelPlace, moveCopy, movedBy, placeOf, preimageIn, removalOf } from './gmail-move.ts';
import type { GmailRequest } from './gmail-requests.ts';
import type { GmailTenant } from './gmail-tenant.ts';
import type { MoveResult, Outcome } from './port.ts';

export interface CopyToMove {
  mailbox: string;
  providerMessageId: string;
}

/** One outcome a copy, in input order. */
export async function moveMany(
  tenant: GmailTenant,
  labels: GmailLabels,
  copies: readonly CopyToMove[],
  destination: Destination,
): Promise<Outcome<MoveResult>[]> {
  const one = ({ mailbox, providerMessageId }: CopyToMove) =>
    outcomeOf(() => moveCopy(tenant, labels, mailbox, providerMessageId, destination));
  const place = placeOf(destination);
  if (place === 'purge') return Promise.all(copies.map(one));
  for (const { mailbox } of copies) tenant.readSoFar.delete(mailbox);
  const moves = await Promise.all(copies.map((copy) => Move.prepared(labels, copy)));
  const claims = moves.filter((move): move is Move => move instanceof Move);
  await runBatches(tenant, claims, 'write');
  const prepared = await Promise.all(claims.map((move) => move.prepareRemoval(place)));
  await runBatches(
    tenant,
    claims.filter((_, at) => prepared[at]),
    'write',
  );
  return Promise.all(
    moves.map(async (move, at) => {
      if (!(move instanceof Move)) return move;
      // A claim that a missing label refused did nothing; `moveCopy` knows what to do about it.
      if (!move.isClaimed && move.meaning.is === 'label_gone') return one(copies[at] as CopyToMove);
      return move.outcome();
    }),
  );
}

class Move implements BatchTask {
  notBefore = 0;
  meaning: Meaning = { is: 'refused', error: new TemporaryError('gmail: not sent') };
  #before: string[] | null = null;

  private constructor(
    private readonly copy: CopyToMove,
    private readonly marker: string,
    private asked: GmailRequest,
  ) {}

  static async prepared(labels: GmailLabels, copy: CopyToMove): Promise<Move | Outcome<never>> {
    const prepared = await outcomeOf(async () => {
      const marker = await labels.marker(copy.mailbox);
      return new Move(copy, marker, await claimOf(copy.providerMessageId, marker));
    });
    return prepared.ok ? prepared.value : prepared;
  }

  get mailbox(): string {
    return this.copy.mailbox;
  }

  get isClaimed(): boolean {
    return this.#before !== null;
  }

  request(): GmailRequest {
    return this.asked;
  }

  /** Never again from here, whatever came of it. */
  settle(meaning: Meaning): null {
    this.meaning = meaning;
    return null;
  }

  /** @returns false when the claim did not succeed: nothing is to be removed */
  async prepareRemoval(place: LabelPlace): Promise<boolean> {
    const { meaning } = this;
    if (meaning.is !== 'done') return false;
    const before = await outcomeOf(async () => preimageIn(meaning.answer.body, this.marker));
    if (before.ok) {
      this.#before = before.value;
      this.asked = await removalOf(this.copy.providerMessageId, place, before.value, this.marker);
    }
    this.meaning = { is: 'refused', error: before.ok ? new TemporaryError('gmail: not sent') : before.error };
    return before.ok;
  }

  outcome(): Outcome<MoveResult> {
    const { meaning } = this;
    if (meaning.is === 'gone') return { ok: true, value: { state: 'gone' } };
    if (meaning.is === 'refused') return { ok: false, error: meaning.error };
    if (meaning.is === 'label_gone') return { ok: false, error: new TemporaryError('gmail: label_gone') };
    const { mailbox, providerMessageId } = this.copy;
    return { ok: true, value: movedBy(mailbox, providerMessageId, meaning, this.#before ?? [], this.marker) };
  }
}
