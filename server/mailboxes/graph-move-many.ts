/** Many moves across mailboxes, twenty to a batch. */
import { PermanentError, TemporaryError } from '../../shared/errors.ts';
import type { Destination } from '../../shared/retraction.ts';
import { type BatchTask, runBatches } from './graph-batch.ts';
import type { GraphRequest } from './graph-client.ts';
import type { Meaning } from './graph-errors.ts';
import type { GraphFolders } from './graph-folder.ts';
import { moveCopy, movedBy, moveTo } from './graph-move.ts';
import type { GraphTenant } from './graph-tenant.ts';
import type { MoveResult, Outcome } from './port.ts';

export interface CopyToMove {
  mailbox: string;
  providerMessageId: string;
}

/** One outcome a copy, in input order. A move that answers 404 is looked at by `moveCopy`, which knows about lost folders. */
export async function moveMany(
  tenant: GraphTenant,
  folders: GraphFolders,
  copies: readonly CopyToMove[],
  destination: Destination,
): Promise<Outcome<MoveResult>[]> {
  const one = ({ mailbox, providerMessageId }: CopyToMove) =>
    outcomeOf(() => moveCopy(tenant, folders, mailbox, providerMessageId, destination));
  if (destination === 'RecoverableItemsPurges') return Promise.all(copies.map(one));

  const moves = await Promise.all(copies.map((copy) => prepared(folders, copy, destination)));
  const ready = moves.filter((move): move is Move => move instanceof Move);
  await runBatches(tenant, ready, 'write');
  return Promise.all(
    moves.map(async (move, at) => {
      if (!(move instanceof Move)) return move;
      if (move.meaning.is === 'done') return outcomeOf(async () => movedBy(move.mailbox, move.meaning));
      if (move.meaning.is === 'refused') return { ok: false, error: move.meaning.error };
      return one(copies[at] as CopyToMove);
    }),
  );
}

async function prepared(
  folders: GraphFolders,
  copy: CopyToMove,
  destination: Exclude<Destination, 'RecoverableItemsPurges'>,
): Promise<Move | Outcome<never>> {
  try {
    return new Move(copy.mailbox, await moveTo(folders, copy.mailbox, copy.providerMessageId, destination));
  } catch (error) {
    return { ok: false, error: expected(error) };
  }
}

class Move implements BatchTask {
  notBefore = 0;
  meaning: Meaning = { is: 'refused', error: new TemporaryError('graph: not sent') };

  constructor(
    readonly mailbox: string,
    private readonly asked: GraphRequest,
  ) {}

  request(): GraphRequest {
    return this.asked;
  }

  /** Never again from here, whatever came of it. */
  settle(meaning: Meaning): null {
    this.meaning = meaning;
    return null;
  }
}

async function outcomeOf(move: () => Promise<MoveResult>): Promise<Outcome<MoveResult>> {
  try {
    return { ok: true, value: await move() };
  } catch (error) {
    return { ok: false, error: expected(error) };
  }
}

function expected(error: unknown): TemporaryError | PermanentError {
  if (error instanceof TemporaryError || error instanceof PermanentError) return error;
  throw error;
}
