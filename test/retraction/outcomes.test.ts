import { afterError } from '../../server/retraction/act.ts';
import { stateOf } from '../../server/retraction/settle.ts';
import { backoffMs, DEFAULT_TUNING, type RetractionWorld } from '../../server/retraction/world.ts';
import type { CopyRow } from '../../server/store/retraction-copies.ts';
import type { RetractionProgressRow } from '../../server/store/retraction-progress.ts';
import type { RetractionRow } from '../../server/store/retractions.ts';
import { PermanentError, TemporaryError } from '../../shared/errors.ts';

const NOW = new Date('2026-11-21T12:00:00Z');
const world = { now: () => NOW, tuning: DEFAULT_TUNING } as RetractionWorld;
const copy = (more: Partial<CopyRow> = {}) => ({ attempts: 1, first_seen_at: NOW, ...more }) as CopyRow;
const waits = (change: { notBefore?: Date | null }) => (change.notBefore?.getTime() ?? 0) - NOW.getTime();

describe('what an error says about a copy', () => {
  test('a refusal with Retry-After leaves it found, and is waited for', () => {
    const change = afterError(world, copy(), new TemporaryError('429', { retryAfterMs: 12_000 }));
    expect(change).toMatchObject({ state: 'found' });
    expect(waits(change)).toBe(12_000);
  });

  test('an answer that got lost leaves its outcome open', () => {
    expect(afterError(world, copy(), new TemporaryError('reset', { outcomeUnknown: true }))).toMatchObject({
      state: 'unknown',
    });
  });

  test('an error nobody foresaw leaves its outcome open', () => {
    expect(afterError(world, copy(), new Error('a bug'))).toMatchObject({ state: 'unknown' });
  });

  test('never is said with its reason', () => {
    expect(afterError(world, copy(), new PermanentError('not_authorized'))).toMatchObject({
      state: 'failed',
      reason: 'not_authorized',
    });
  });

  test('a tenant that shuts us out fails no copy: it is tried again until a person has acted', () => {
    const change = afterError(world, copy(), new PermanentError('consent-revoked', 'secret expired'));
    expect(change).toMatchObject({ state: 'found' });
    expect(waits(change)).toBe(60_000);
  });

  test('what stays unreachable for a day is given up and said', () => {
    const old = copy({ first_seen_at: new Date(NOW.getTime() - 25 * 3_600_000) });
    expect(afterError(world, old, new TemporaryError('503', { outcomeUnknown: true }))).toMatchObject({
      state: 'failed',
      reason: 'unreachable',
    });
  });

  test('waits double up to their bound', () => {
    expect([1, 2, 3, 50].map((n) => backoffMs(DEFAULT_TUNING, n))).toEqual([1_000, 2_000, 4_000, 300_000]);
  });
});

describe('the state of a retraction follows from its rows', () => {
  const retraction = (more: Partial<RetractionRow> = {}) =>
    ({ state: 'running', preview: false, planned_at: NOW, ...more }) as RetractionRow;
  const progress = (more: Partial<RetractionProgressRow> = {}) =>
    ({ unsearched: 0, pending: 0, open: 0, restoring: 0, unknown: 0, ...more }) as RetractionProgressRow;

  const rows: [string, Partial<RetractionRow>, Partial<RetractionProgressRow>, string][] = [
    ['runs until everybody is in scope', { planned_at: null }, {}, 'running'],
    ['runs while a mailbox has not been searched', {}, { unsearched: 1, open: 1 }, 'running'],
    ['runs while a copy has no outcome', {}, { pending: 1 }, 'running'],
    ['confirms while a mailbox will be looked at again', {}, { open: 1 }, 'confirming'],
    ['runs again when a copy comes back', { state: 'confirming' }, { open: 1, pending: 1 }, 'running'],
    ['is done when every mailbox is closed', { state: 'confirming' }, {}, 'done'],
    ['a preview is done although its copies lie where they lay', { preview: true }, { pending: 5 }, 'done'],
    ['restores until every copy is back', { state: 'restoring' }, { restoring: 1 }, 'restoring'],
    ['restores until no move is open', { state: 'restoring' }, { unknown: 1 }, 'restoring'],
    ['is restored then', { state: 'restoring' }, { pending: 3, open: 2 }, 'restored'],
    ['stays held', { state: 'held' }, {}, 'held'],
    ['stays cancelled', { state: 'cancelled' }, { open: 4 }, 'cancelled'],
  ];
  test.each(rows)('%s', (_name, r, p, expected) => {
    expect(stateOf(retraction(r), progress(p))).toBe(expected);
  });
});
