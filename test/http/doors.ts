/** The real server on small rooms of this file: faces are arguments, and these are the shortest that keep their word. */
import { randomUUID } from 'node:crypto';
import { EventEmitter } from 'node:events';
import { Writable } from 'node:stream';
import pino from 'pino';
import type { App } from '../../server/http/app.ts';
import { entraIdentity } from '../../server/http/identity.ts';
import type { HttpDeps, HttpOptions } from '../../server/http/options.ts';
import { createHttp } from '../../server/http/server.ts';
import type { Lists, SettingName, Settings, SettingValues } from '../../server/policies/face.ts';
import type { Choice, Moved, Retractions } from '../../server/retraction/face.ts';
import type { Report, Reporter, Submissions } from '../../server/submission/face.ts';
import type { ListEntry, RetractionCopy, RetractionView, SubmissionView } from '../../shared/api.ts';
import type { Effects, MoveRequest } from '../../shared/effects.ts';
import { PermanentError } from '../../shared/errors.ts';
import { EFFECT_WORDS, effectText } from '../../shared/i18n/effect-words.ts';
import type { Language } from '../../shared/i18n/language.ts';
import type { Destination, Provider } from '../../shared/retraction.ts';
import { REQUESTED_DISPOSITION } from '../../shared/submission.ts';
import { CLIENT, type Issuer, TENANT } from './issuer.ts';

export const ADMIN_TOKEN = 'admin-token-of-this-test-0123456789';
export const PUBLIC_URL = 'https://reelback.example.org';

/** Submissions in memory; `concluding` ends one as MALICIOUS. */
export class SubmissionsInMemory implements Submissions {
  readonly reports: Report[] = [];
  readonly views = new Map<string, SubmissionView & { owner: string }>();
  readonly changes = new EventEmitter().setMaxListeners(0);
  /** What the next receive throws. */
  failWith: Error | null = null;
  #key = new Map<string, string>();

  async receive(reporter: Reporter, report: Report) {
    if (this.failWith) throw this.failWith;
    if (report.mailbox === 'boss@example.org') throw new PermanentError('mailbox_not_allowed');
    this.reports.push(report);
    const known = this.#key.get(`${reporter.userId} ${report.idempotencyKey ?? report.providerMessageId}`);
    if (known) return { state: 'known' as const, view: this.#view(known)! };
    const id = `sub_${randomUUID()}`;
    this.#key.set(`${reporter.userId} ${report.idempotencyKey ?? report.providerMessageId}`, id);
    const nothing = !report.rawMessage && !report.providerMessageId;
    this.views.set(id, { ...blankView(id), owner: reporter.userId, requested_by: report.mailbox });
    this.change(id, { requested_disposition: REQUESTED_DISPOSITION[report.type] });
    if (nothing) {
      this.change(id, { status: 'invalid', invalid_reason: 'no_original' });
      return { state: 'invalid' as const, view: this.#view(id)!, reason: 'no_original' };
    }
    return { state: 'created' as const, view: this.#view(id)! };
  }

  change(id: string, change: Partial<SubmissionView>) {
    this.views.set(id, { ...this.views.get(id)!, ...change });
    this.changes.emit(id);
  }

  #view(id: string): SubmissionView | null {
    const found = this.views.get(id);
    if (!found) return null;
    const { owner: _, ...view } = found;
    return view;
  }

  async viewForReporter(id: string, reporter: Reporter) {
    return this.views.get(id)?.owner === reporter.userId ? this.#view(id) : null;
  }
  async view(id: string) {
    return this.#view(id);
  }
  async detail(id: string) {
    const view = this.#view(id);
    if (!view) return null;
    return {
      submission_id: id,
      mailbox: view.requested_by,
      comment: '',
      exposure: [],
      client: null,
      authentication: null,
      timeline: [{ at: view.requested_at, action: 'submission.received', actor: 'reporter' }],
    };
  }
  async changed(id: string, timeoutMs: number, signal?: AbortSignal) {
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, timeoutMs);
      const done = () => {
        clearTimeout(timer);
        this.changes.off(id, done);
        signal?.removeEventListener('abort', done);
        resolve();
      };
      this.changes.once(id, done);
      if (signal?.aborted) done();
      else signal?.addEventListener('abort', done);
    });
  }
  async withdraw(id: string, reporter: Reporter) {
    if (!(await this.viewForReporter(id, reporter))) return null;
    this.change(id, { status: 'withdrawn' });
    return { withdrawn: true, restore: 'none' as const };
  }
  async list({ limit, cursor, status, outcome_disposition, query }: Parameters<Submissions['list']>[0]) {
    const all = [...this.views.keys()]
      .map((id) => this.#view(id)!)
      .filter((view) => !status || view.status === status)
      .filter((view) => !outcome_disposition || view.outcome_disposition === outcome_disposition)
      .filter((view) => !query || view.subject.includes(query));
    const from = cursor ? Number(cursor) : 0;
    const next = from + limit < all.length ? { next_cursor: String(from + limit) } : {};
    return { items: all.slice(from, from + limit), ...next };
  }
}

export function blankView(id: string): SubmissionView {
  return {
    id,
    submission_type: 'USER',
    status: 'received',
    requested_disposition: 'MALICIOUS',
    requested_at: '2026-08-01T09:00:00Z',
    requested_by: 'ana@example.org',
    subject: 'Your invoice is overdue',
    header_from: 'Billing <billing@invoices.example.net>',
    internet_message_id: '<1@invoices.example.net>',
    original: null,
    outcome_disposition: null,
    score: null,
    margin: null,
    spam_score: null,
    reporter_unit: null,
    model: null,
    reasons: [],
    attributes: [],
    coverage_missing: [],
    psr: null,
    retraction: null,
    simulation: false,
    pane: { title: 'Thank you', tone: 'info', lines: ['We are looking at it.'] },
  };
}

export function blankRetraction(id: string): RetractionView {
  return {
    id,
    state: 'held',
    cause: 'psr',
    reason: 'blast_radius',
    submission_id: 'sub_1',
    message_id: '<1@invoices.example.net>',
    subject: 'Your invoice is overdue',
    destination: 'Quarantine',
    requested_by: 'ana@example.org',
    requested_at: '2026-08-01T09:00:00Z',
    mailboxes: { searched: 0, total: 40 },
    copies: {
      found: 0,
      retracted: 0,
      already_there: 0,
      gone: 0,
      failed: 0,
      unknown: 0,
      review: 0,
      unread: 0,
      restored: 0,
    },
  };
}

/** Both suites, with three copies in each. */
export function blankEffects(destination: Destination, language: Language, total: number): Effects {
  const provider = (name: Provider, supported = true) => ({
    provider: name,
    supported,
    undo: 'limited' as const,
    undo_days: 30,
    text: effectText(name, destination, supported, language),
    mailboxes: { with_copies: 2, searched: total, total },
    copies: 3,
    protected: 0,
  });
  const everywhere = destination !== 'RecoverableItemsDeletions';
  return {
    destination,
    allowed: everywhere,
    ...(everywhere ? {} : { refusal: EFFECT_WORDS[language].refused(EFFECT_WORDS[language].provider.google) }),
    mailboxes: 4,
    copies: 6,
    providers: [provider('microsoft365'), provider('google', everywhere)],
  };
}

/** `ret_1` is held; more can be put into `all`. */
export class RetractionsInMemory implements Retractions {
  readonly view = blankRetraction('ret_1');
  readonly all: RetractionView[] = [this.view];
  readonly rows: RetractionCopy[] = [];
  readonly actors: string[] = [];
  async list({ limit }: { limit: number }) {
    return { items: this.all.slice(0, limit) };
  }
  async get(id: string) {
    return this.all.find((view) => view.id === id) ?? null;
  }
  async copies(id: string, { limit }: { limit: number }) {
    const next = this.rows.length > limit ? { next_cursor: String(limit) } : {};
    return (await this.get(id)) ? { items: this.rows.slice(0, limit), ...next } : null;
  }
  /** What was asked of `approve`, `move` and `purge`. */
  readonly asked: unknown[] = [];
  /** What `move` and `purge` answer before they do anything. */
  answers: Moved[] = [];
  async effects(id: string, destination: Destination | null, language: Language) {
    const view = await this.get(id);
    return view && blankEffects(destination ?? view.destination, language, view.mailboxes.total);
  }
  async effectsOfMessages(ids: readonly string[], destination: Destination, language: Language) {
    return ids.includes('msg_none') ? null : blankEffects(destination, language, 40);
  }
  async move(request: MoveRequest, actor: { id: string }): Promise<Moved | null> {
    this.asked.push(request);
    this.actors.push(actor.id);
    if (request.ids.includes('msg_none')) return null;
    const retractions = request.ids.map((id) => ({ ...blankRetraction(`ret_of_${id}`), cause: 'manual' as const }));
    return this.answers.shift() ?? { state: 'done', retractions };
  }
  async purge(id: string, token: string | null, actor: { id: string }): Promise<Moved | null> {
    const view = await this.get(id);
    if (!view) return null;
    this.asked.push({ purge: id, token });
    this.actors.push(actor.id);
    return this.answers.shift() ?? { state: 'done', retractions: [view] };
  }
  async approve(id: string, actor: { id: string }, choice: Choice = {}) {
    if (choice.destination) this.asked.push({ destination: choice.destination });
    const view = await this.#decide(id, actor, 'running', ['held', 'done']);
    if (view && choice.destination) view.destination = choice.destination;
    if (view) view.preview = false;
    return view;
  }
  async cancel(id: string, actor: { id: string }) {
    return this.#decide(id, actor, 'cancelled', ['planned', 'held', 'running', 'confirming']);
  }
  async restore(id: string, actor: { id: string }) {
    return this.#decide(id, actor, 'restoring', ['held', 'running', 'confirming', 'done', 'cancelled']);
  }
  async #decide(id: string, actor: { id: string }, state: RetractionView['state'], from: string[]) {
    const view = await this.get(id);
    if (!view) return null;
    if (!from.includes(view.state)) throw new PermanentError('wrong_state');
    this.actors.push(actor.id);
    view.state = state;
    return view;
  }
}

export class SettingsInMemory implements Settings {
  readonly values: SettingValues = {
    psr: { mode: 'preview', scope: 'message', dispositions: ['MALICIOUS'] },
    retraction: {
      destinations: {
        MALICIOUS: 'Quarantine',
        SUSPICIOUS: 'NoAction',
        SPOOF: 'NoAction',
        SPAM: 'NoAction',
        BULK: 'NoAction',
      },
      paused: false,
    },
    guard: { max_mailboxes: 500, max_share: 0.05, canary_mailbox: null },
    shared_mailboxes: { mailboxes: [] },
  };
  async get<N extends SettingName>(name: N) {
    return this.values[name];
  }
  async put<N extends SettingName>(name: N, value: SettingValues[N]) {
    this.values[name] = value;
    return value;
  }
}

/** One list for all names, which refuses `nonsense`. */
export class ListsInMemory implements Lists {
  readonly all: ListEntry[] = [];
  async entries() {
    return this.all;
  }
  async add(_list: string, value: string, comment: string, actor: string) {
    if (value === 'nonsense') throw new PermanentError('invalid_entry', 'An entry is an address or a domain.');
    if (this.all.some((entry) => entry.value === value))
      throw new PermanentError('already_listed', `${value} is there.`);
    const created_at = '2026-08-01T09:00:00Z';
    const entry = { id: `lst_${this.all.length + 1}`, value, comment, created_by: actor, created_at };
    this.all.push(entry);
    return entry;
  }
  async remove(_list: string, id: string) {
    const at = this.all.findIndex((entry) => entry.id === id);
    return at !== -1 && this.all.splice(at, 1).length === 1;
  }
}

export interface Doors {
  app: App;
  submissions: SubmissionsInMemory;
  retractions: RetractionsInMemory;
  settings: SettingsInMemory;
  /** Log lines so far. */
  logged: string[];
}

/** @param change options that differ from the defaults of these tests. */
export async function openDoors(
  issuer: Issuer | null,
  change: { options?: Partial<HttpOptions>; deps?: Partial<HttpDeps> } = {},
): Promise<Doors> {
  const logged: string[] = [];
  const stream = new Writable({
    write(chunk, _encoding, done) {
      logged.push(String(chunk));
      done();
    },
  });
  const submissions = new SubmissionsInMemory();
  const retractions = new RetractionsInMemory();
  const settings = new SettingsInMemory();
  const app = await createHttp({
    submissions,
    retractions,
    settings,
    lists: new ListsInMemory(),
    identity: issuer
      ? entraIdentity([{ tenantId: TENANT, audiences: [CLIENT], clientIds: [CLIENT], loginUrl: issuer.loginUrl }], {
          fetch,
          now: () => new Date(),
        })
      : null,
    health: [],
    logger: pino({ level: 'trace' }, stream),
    now: () => new Date(),
    randomId: randomUUID,
    options: {
      publicUrl: PUBLIC_URL,
      adminToken: ADMIN_TOKEN,
      maxMessageBytes: 1_000_000,
      trustedProxies: [],
      outlook: null,
      folders: { dashboard: 'dist/dashboard', outlookAddin: 'dist/outlook-addin', manifest: 'manifest.xml' },
      ...change.options,
    },
    ...change.deps,
  });
  return { app, submissions, retractions, settings, logged };
}
