/** The retraction room of the door tests: the shortest that keeps its word. */
import type { Choice, Moved, Retractions } from '../../server/retraction/face.ts';
import type { RetractionCopy, RetractionView } from '../../shared/api.ts';
import type { Effects, MoveRequest } from '../../shared/effects.ts';
import { PermanentError } from '../../shared/errors.ts';
import { EFFECT_WORDS, effectText } from '../../shared/i18n/effect-words.ts';
import type { Language } from '../../shared/i18n/language.ts';
import type { Destination, Provider } from '../../shared/retraction.ts';

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
