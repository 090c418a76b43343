/** What a destination does to a copy: each adapter knows it of its own provider. */
import type { Destination } from '../../shared/retraction.ts';

export interface DestinationEffect {
  /** False: the provider has no such place, and a move there is refused as `unsupported`. */
  supported: boolean;
  /** `limited`: a move brings it back as long as the provider keeps it; `none`: nothing of ours does. */
  undo: 'exact' | 'limited' | 'none';
  /** Days until the provider deletes it by itself; null: never by itself, or as the tenant is set up. */
  undoDays: number | null;
}

const NOWHERE: DestinationEffect = { supported: false, undo: 'none', undoDays: null };

/** @param purges false in the national clouds, which have no permanentDelete */
export function graphEffect(destination: Destination, purges: boolean): DestinationEffect {
  switch (destination) {
    case 'RecoverableItemsDeletions':
      // 14 days unless the tenant says otherwise, 30 at most.
      return { supported: true, undo: 'limited', undoDays: 14 };
    case 'RecoverableItemsPurges':
      return purges ? { supported: true, undo: 'none', undoDays: null } : NOWHERE;
    default:
      return { supported: true, undo: 'exact', undoDays: null };
  }
}

/** Gmail empties Bin and Spam of what has lain there for 30 days. */
export function gmailEffect(destination: Destination): DestinationEffect {
  switch (destination) {
    case 'Inbox':
      return { supported: true, undo: 'exact', undoDays: null };
    case 'RecoverableItemsDeletions':
      return NOWHERE;
    case 'RecoverableItemsPurges':
      return { supported: true, undo: 'none', undoDays: null };
    default:
      return { supported: true, undo: 'limited', undoDays: 30 };
  }
}
