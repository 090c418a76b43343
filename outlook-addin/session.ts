/** The story of one open pane, without a document: what is on the screen, and what each press leads to. */
import type { SubmissionRequest, SubmissionView } from '../shared/api.ts';
import type { Exposure, ReportType } from '../shared/submission.ts';
import { isTransient, type Trouble } from '../shared/trouble.ts';
import type { Answer, Api } from './api.ts';
import type { Auth, TokenAnswer } from './auth.ts';
import { read } from './handover.ts';
import type { OpenItem } from './office.ts';
import type { Outbox } from './outbox.ts';
import { type Press, withoutBytes } from './report.ts';
import { nextOf, type Screen, trouble, type Withdrawal } from './screen.ts';
import { isSettled, watch } from './watch.ts';

export interface Draft {
  type: ReportType;
  comment: string;
  exposure: Exposure[];
}

/** The outside of a session. */
export interface World {
  api: Api;
  auth: Auth;
  outbox: Outbox;
  /** The message that is open; null when none is. */
  openItem: () => OpenItem | null;
  user: () => string;
  collect: (item: OpenItem, press: Press) => Promise<SubmissionRequest>;
  send: (
    request: SubmissionRequest,
    options: { token: string; key: string; ms: number },
  ) => Promise<Answer<SubmissionView>>;
  randomId: () => string;
  now: () => number;
  wait: (ms: number) => Promise<void>;
}

export interface Session {
  screen: () => Screen;
  /** Reports of earlier that still wait. */
  waiting: () => number;
  subscribe: (run: () => void) => void;
  /** @param context what the event handler left, '' when the pane was opened by its own button */
  start: (context: string) => Promise<void>;
  report: (draft: Draft) => Promise<void>;
  retry: (interactive: boolean) => Promise<void>;
  askToWithdraw: (asking: boolean) => void;
  withdraw: () => Promise<void>;
  /** Tries what waits; true when nothing waits any more. */
  sendWaiting: () => Promise<boolean>;
  fail: (trouble: Trouble) => void;
}

const TOKEN_MS = 20_000;
const SEND_MS = 120_000;
/** From then on the pane says that it takes longer than usual. */
const SLOW_MS = 30_000;

/** Whether asking again would bring the same. A token may be renewed, the rest passes by itself. */
function isFinal(answer: Answer<unknown>): boolean {
  return answer.ok || !(isTransient(answer.trouble) || answer.trouble === 'token_rejected');
}

export function createSession(world: World): Session {
  const { api, auth, outbox } = world;
  const listeners: (() => void)[] = [];
  let screen: Screen = { at: 'starting' };
  /** The report of this pane, kept until it has arrived. */
  let current: { press: Press; item: OpenItem | null } | null = null;
  /** A report that has arrived, of which there is no answer to show yet. */
  let unanswered: { id: string; known: boolean } | null = null;
  /** Ends everything that belongs to a message that is no longer open. */
  let turn = new AbortController();
  let following: AbortController | null = null;
  /** Retry-After of the server holds for everything that waits. */
  let pausedUntil = 0;
  const pause = (answer: Answer<unknown>) => {
    if (!answer.ok && answer.retryAfterMs !== null) pausedUntil = world.now() + answer.retryAfterMs;
  };

  function show(next: Screen, of: AbortController = turn): void {
    if (of.signal.aborted) return;
    screen = next;
    for (const run of listeners) run();
  }

  async function start(context: string): Promise<void> {
    turn.abort();
    following?.abort();
    turn = new AbortController();
    const mine = turn;
    current = null;
    unanswered = null;
    show({ at: 'starting' });
    const handover = read(context);
    if (handover && 'reportId' in handover) {
      unanswered = { id: handover.reportId, known: handover.known };
      return showReport(false, mine);
    }
    const item = world.openItem();
    if (!item) return show(trouble('no_item'), mine);
    // Delivery notices are no mail of a sender, and Outlook gives no original of them.
    if (/^report\./i.test(item.itemClass)) return show(trouble('unsupported_item'), mine);
    if (!handover) return show({ at: 'form', item }, mine);
    current = { press: handover.pending, item };
    return deliver(false, mine);
  }

  async function report(draft: Draft): Promise<void> {
    const item = world.openItem();
    if (!item) return show(trouble('no_item'));
    current = { press: { key: world.randomId(), ...draft }, item };
    // The press on Send is the person's wish: a sign-in window may open now.
    return deliver(true, turn);
  }

  /** Sends the current report and shows what comes of it. */
  async function deliver(interactive: boolean, mine: AbortController): Promise<void> {
    const report = current;
    const item = report?.item ?? world.openItem();
    if (!report || !item) return show(trouble('no_item'), mine);
    show({ at: 'sending', step: 'signingIn' }, mine);
    const token = await signIn(interactive);
    if (mine.signal.aborted) return;
    if (!token.ok) return show(await giveUp(report.press, item, token.trouble), mine);
    show({ at: 'sending', step: 'reading' }, mine);
    const request = await world.collect(item, report.press);
    show({ at: 'sending', step: 'sending' }, mine);
    // Before it is sent: the pane may be closed, or another message opened, and the report must not vanish.
    const kept = keep(report.press, request);
    if (mine.signal.aborted) return;
    const answer = await world.send(request, { token: token.token, key: report.press.key, ms: SEND_MS });
    if (answer.ok) {
      outbox.remove(report.press.key);
      if (current === report) current = null;
      return showView(answer.value, { known: answer.status === 200, exposed: report.press.exposure.length > 0 }, mine);
    }
    if (isFinal(answer)) outbox.remove(report.press.key);
    else pause(answer);
    const detail = [answer.status || '', answer.problem?.submission_id ?? ''].filter(Boolean).join(' · ');
    show(trouble(answer.trouble, { detail, kept: isFinal(answer) ? 'no' : kept }), mine);
  }

  async function signIn(interactive: boolean): Promise<TokenAnswer> {
    const silent = await auth.silent(TOKEN_MS);
    return !silent.ok && silent.trouble === 'sign_in_needed' && interactive ? auth.interactive() : silent;
  }

  async function giveUp(press: Press, item: OpenItem, what: Trouble): Promise<Screen> {
    if (!isTransient(what)) return trouble(what);
    return trouble(what, { kept: keep(press, await world.collect(item, press)) });
  }

  function keep({ key }: Press, request: SubmissionRequest): 'yes' | 'impossible' {
    const report = { key, user: world.user(), request: withoutBytes(request), keptAt: world.now() };
    return outbox.keep(report) ? 'yes' : 'impossible';
  }

  /** The report is safe with the server; only its answer is still missing here, and is asked for until it comes. */
  async function showReport(interactive: boolean, mine: AbortController): Promise<void> {
    for (const waitMs of [2_000, 5_000, 10_000, 20_000, 40_000]) {
      if (!unanswered || mine.signal.aborted) return;
      const { id, known } = unanswered;
      const token = await signIn(interactive);
      const answer = token.ok ? await api.view(id, token.token) : null;
      if (answer?.ok) {
        unanswered = null;
        return showView(answer.value, { known, exposed: false }, mine);
      }
      if (answer && (answer.status === 403 || answer.status === 404)) {
        return show(trouble(answer.trouble, { detail: id, next: null }), mine);
      }
      const signedOut = !token.ok && nextOf(token.trouble) === 'sign_in';
      show(trouble('answer_missing', { detail: id, next: signedOut ? 'sign_in' : 'retry' }), mine);
      if (signedOut) return;
      await world.wait(waitMs);
    }
  }

  async function showView(
    view: SubmissionView,
    about: { known: boolean; exposed: boolean },
    mine: AbortController,
  ): Promise<void> {
    show({ at: 'result', view, ...about, fresh: true, slow: false, withdrawal: { at: 'offered' } }, mine);
    follow(view, mine);
  }

  /** Runs beside everything else until nothing more happens, or another message is open. */
  async function follow(view: SubmissionView, mine: AbortController): Promise<void> {
    if (isSettled(view) || mine.signal.aborted) return;
    const change = (changes: Partial<Extract<Screen, { at: 'result' }>>) => {
      if (screen.at === 'result' && screen.view.id === view.id) show({ ...screen, ...changes }, mine);
    };
    following?.abort();
    following = new AbortController();
    const { signal } = following;
    world.wait(SLOW_MS).then(() => {
      if (!signal.aborted) change({ slow: true });
    });
    await watch(
      view.id,
      { api, auth, wait: world.wait, signal },
      (next) => change({ view: next }),
      (fresh) => change({ fresh }),
    );
  }

  async function withdraw(): Promise<void> {
    const mine = turn;
    if (screen.at !== 'result') return;
    const { id } = screen.view;
    const change = (withdrawal: Withdrawal, view?: SubmissionView) => {
      if (screen.at === 'result') show({ ...screen, withdrawal, view: view ?? screen.view }, mine);
    };
    change({ at: 'sending' });
    const token = await auth.silent(TOKEN_MS);
    const answer = token.ok ? await api.withdraw(id, token.token) : null;
    if (!token.ok || !answer?.ok) return change({ at: 'failed' });
    change({ at: 'done', answer: answer.value });
    const after = await api.view(id, token.token);
    if (!after.ok) return;
    change({ at: 'done', answer: answer.value }, after.value);
    follow(after.value, mine);
  }

  let sendingWaiting = false;
  async function sendWaiting(): Promise<boolean> {
    if (sendingWaiting) return false;
    sendingWaiting = true;
    try {
      return await emptyOutbox();
    } finally {
      sendingWaiting = false;
    }
  }

  async function emptyOutbox(): Promise<boolean> {
    for (const { key, request } of outbox.list(world.user())) {
      if (world.now() < pausedUntil) return false;
      // On its way already.
      if (screen.at === 'sending' && key === current?.press.key) continue;
      const token = await auth.silent(TOKEN_MS);
      if (!token.ok) return false;
      const mine = turn;
      const answer = await world.send(request, { token: token.token, key, ms: SEND_MS });
      if (!isFinal(answer)) {
        pause(answer);
        return false;
      }
      outbox.remove(key);
      if (answer.ok && current?.press.key === key) {
        const exposed = current.press.exposure.length > 0;
        current = null;
        showView(answer.value, { known: answer.status === 200, exposed }, mine);
      } else show(screen, turn);
    }
    return true;
  }

  return {
    screen: () => screen,
    waiting: () => outbox.list(world.user()).filter(({ key }) => key !== current?.press.key).length,
    subscribe: (run) => {
      listeners.push(run);
    },
    start,
    report,
    retry: (interactive) => {
      if (unanswered) return showReport(interactive, turn);
      return current ? deliver(interactive, turn) : start('');
    },
    askToWithdraw: (asking) => {
      if (screen.at === 'result') show({ ...screen, withdrawal: { at: asking ? 'asking' : 'offered' } });
    },
    withdraw,
    sendWaiting,
    fail: (what) => show(trouble(what, { next: null })),
  };
}
