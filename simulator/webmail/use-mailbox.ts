import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import { loadMailbox, watchMailbox } from './mail-client.ts';
import type { MailboxView, MessageRow } from './wire.ts';

/** How long a row that is gone takes to fade. */
const FADE_MS = 700;

export interface LiveMailbox {
  view: MailboxView | null;
  /** Rows that are gone but still fade out; they are in `view` until then. */
  leaving: ReadonlySet<string>;
  /** Counts up with every change anywhere in the tenant. */
  version: number;
  /** Says that a row will go because the visitor moves it, so that nobody is told. */
  expect(id: string): void;
  refresh(): void;
}

/** One mailbox, kept current by the event stream. `onLost` hears of messages that others took out of the mailbox. */
export function useMailbox(address: string, hidden: boolean, onLost: (row: MessageRow) => void): LiveMailbox {
  const [view, setView] = useState<MailboxView | null>(null);
  const [leaving, setLeaving] = useState<ReadonlySet<string>>(new Set());
  const [version, setVersion] = useState(0);
  const shown = useRef<{ key: string; view: MailboxView } | null>(null);
  const expected = useRef(new Set<string>());
  const key = `${address} ${hidden}`;
  const current = useRef(key);
  current.current = key;

  const refresh = useCallback(async () => {
    const next = await loadMailbox(address, hidden).catch(() => null);
    if (next === null || current.current !== key) return;
    const before = shown.current?.key === key ? shown.current.view : null;
    shown.current = { key, view: next };
    const gone = before === null ? [] : rowsGone(before, next);
    const unexpected = gone.filter((row) => !expected.current.delete(row.id));
    if (unexpected.length === 0 || before === null) {
      setView(next);
      return;
    }
    for (const row of unexpected) onLost(row);
    // The row stays where it was, fading, and then the list closes over it.
    setView({ folders: next.folders, messages: withRows(next.messages, unexpected) });
    setLeaving(new Set(unexpected.map((row) => row.id)));
    setTimeout(() => {
      if (current.current !== key || shown.current === null) return;
      setLeaving(new Set());
      setView(shown.current.view);
    }, FADE_MS);
  }, [address, hidden]);

  useEffect(() => {
    setView(null);
    setLeaving(new Set());
    if (address === '') return undefined;
    const count = () => setVersion((value) => value + 1);
    void refresh();
    return watchMailbox(
      address,
      () => {
        count();
        void refresh();
      },
      count,
    );
  }, [address, hidden]);

  const expect = useCallback((id: string) => void expected.current.add(id), []);
  return { view, leaving, version, expect, refresh };
}

/** Rows that left their folder: the message is elsewhere now, or nowhere. */
function rowsGone(before: MailboxView, after: MailboxView): MessageRow[] {
  const folders = new Map(after.messages.map((row) => [row.id, row.folderId]));
  return before.messages.filter((row) => folders.get(row.id) !== row.folderId);
}

function withRows(rows: MessageRow[], gone: MessageRow[]): MessageRow[] {
  const ids = new Set(gone.map((row) => row.id));
  const rest = rows.filter((row) => !ids.has(row.id));
  return [...rest, ...gone].sort((a, b) => b.receivedAt.localeCompare(a.receivedAt));
}
