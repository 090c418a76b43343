/** The built add-on in a pretend Gmail: strict doubles, one person, a mailbox, and a server that the test words. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { bundleGmailAddon, forDeployment } from '../../bin/gmail-addon.mjs';
import type { SubmissionRequest, SubmissionView } from '../../shared/api.ts';
import { composePane } from '../../shared/pane.ts';
import { runFunction } from '../../simulator/apps-script/run-function.ts';
import type { FetchAnswer, FetchRequest, ScriptHost } from '../../simulator/apps-script/script-host.ts';
import type { Signatures } from '../../simulator/apps-script/signatures.ts';
import { breachesOf, describedBy } from './card-proto.ts';

export const ORIGIN = 'https://phish.example.org';
const OPENS = 'token-of-the-open-message';
export const ana = 'ana@lab.example.org';
const project = forDeployment(bundleGmailAddon(process.cwd()), ORIGIN);
export const code = project['Code.js']!;
export const manifest = JSON.parse(project['appsscript.json']!);
export const signatures: Signatures = JSON.parse(
  readFileSync(join(process.cwd(), 'simulator/apps-script/signatures.json'), 'utf8'),
);
const cardType = describedBy('card');

export interface Call extends FetchRequest {
  body: SubmissionRequest | null;
}

export interface Widget {
  [kind: string]: unknown;
}
export interface Card {
  name: string;
  header: { title: string; subtitle?: string };
  sections: { header?: string; widgets: Widget[] }[];
  fixedFooter?: { primaryButton: Button };
}
interface Button {
  text: string;
  type?: string;
  onClick: { action?: { function: string; parameters?: { key: string; value: string }[] }; openLink?: { url: string } };
}

/** One person at one mailbox. */
export class Gmail {
  readonly calls: Call[] = [];
  readonly lines: string[] = [];
  readonly properties = new Map<string, string>();
  readonly cache = new Map<string, string>();
  readonly reads: string[] = [];
  /** Answers of the server, in turn; the last one stays. */
  server: ((call: Call) => FetchAnswer)[] = [];
  messages = new Map<string, Buffer>([['19f7f5ecde85bac0', mail()]]);
  scopes: string[] = [...manifest.oauthScopes];
  token: string | null = tokenOf({ email: ana, aud: 'client-of-the-script' });
  locale = 'en-GB';
  stack: Card[] = [];
  notice = '';
  stateChanged = false;
  code = code;
  /** Another account's token does not open this message. */
  eventToken = OPENS;

  constructor(public messageId = '19f7f5ecde85bac0') {}

  open(): Card {
    this.stack = [];
    this.apply(this.run('onGmailMessageOpen', {}, {}, true));
    return this.card;
  }

  get card(): Card {
    return this.stack.at(-1)!;
  }

  /** Presses a button of the card that is shown. */
  press(text: string, inputs: Record<string, string[]> = {}): Card {
    const button = buttonsOf(this.card).find((one) => one.text === text);
    const action = button?.onClick.action;
    if (!action) throw new Error(`no button ${text} among ${buttonsOf(this.card).map((one) => one.text)}`);
    const parameters = Object.fromEntries((action.parameters ?? []).map(({ key, value }) => [key, value]));
    this.apply(this.run(action.function, parameters, inputs, false));
    return this.card;
  }

  run(name: string, parameters: Record<string, string>, inputs: Record<string, string[]>, trigger: boolean) {
    const formInputs = Object.fromEntries(
      Object.entries(inputs).map(([key, value]) => [key, { stringInputs: { value } }]),
    );
    const event = {
      commonEventObject: {
        userLocale: this.locale,
        timeZone: { id: 'Europe/Berlin', offset: '3600000' },
        platform: 'WEB',
        hostApp: 'GMAIL',
        parameters,
        formInputs,
      },
      gmail: { messageId: this.messageId, threadId: this.messageId, accessToken: this.eventToken },
    };
    const setting = {
      accessToken: OPENS,
      messageId: hex(this.messageId),
      scopes: this.scopes,
      urlFetchWhitelist: manifest.urlFetchWhitelist,
      userLocale: this.locale,
    };
    const execution = { code: this.code, function: name, event, trigger, setting };
    return runFunction(execution, this.host(), signatures) as unknown as Answer;
  }

  private apply(answer: Answer): void {
    const action = answer.action ?? answer.renderActions?.action;
    this.notice = action?.notification?.text ?? '';
    this.stateChanged = answer.stateChanged ?? false;
    for (const step of action?.navigations ?? []) {
      if (step.pop) this.stack.pop();
      const card = step.pushCard ?? step.updateCard;
      if (!card) continue;
      // Whatever is shown, Google's own description allows it.
      expect(breachesOf(card, cardType)).toEqual([]);
      if (step.updateCard) this.stack.pop();
      this.stack.push(card);
    }
  }

  private host(): ScriptHost {
    return {
      fetch: (request) => {
        const call = { ...request, body: request.payload ? JSON.parse(request.payload) : null };
        this.calls.push(call);
        const reply = this.server.length > 1 ? this.server.shift()! : this.server[0];
        if (!reply) throw new Error('Address unavailable: https://phish.example.org/');
        return reply(call);
      },
      message: (id) => {
        this.reads.push(id);
        const raw = this.messages.get(id);
        return raw ? { id, raw: raw.toString('utf8'), messageIdHeader: '<lure@x.test>' } : null;
      },
      identityToken: () => this.token,
      property: (key) => this.properties.get(key) ?? null,
      properties: () => Object.fromEntries(this.properties),
      setProperty: (key, value) =>
        void (value === null ? this.properties.delete(key) : this.properties.set(key, value)),
      cached: (key) => this.cache.get(key) ?? null,
      setCached: (key, value) => void this.cache.set(key, value),
      log: (line) => void this.lines.push(line),
    };
  }
}

interface Answer {
  action?: Action;
  renderActions?: { action: Action };
  stateChanged?: boolean;
}
interface Action {
  navigations?: { pushCard?: Card; updateCard?: Card; pop?: boolean }[];
  notification?: { text: string };
}

const hex = (id: string) => (id.startsWith('msg-f:') ? BigInt(id.slice(6)).toString(16) : id);

export function tokenOf(claims: object): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  return `${part({ alg: 'RS256' })}.${part(claims)}.signature`;
}

export function mail(body = 'Your mailbox is full.'): Buffer {
  return Buffer.from(`From: a@x.test\r\nTo: ${ana}\r\nSubject: Full\r\nMessage-ID: <lure@x.test>\r\n\r\n${body}\r\n`);
}

export function answers(status: number, body: unknown, headers: Record<string, string> = {}) {
  return (): FetchAnswer => ({ status, headers, text: typeof body === 'string' ? body : JSON.stringify(body) });
}

export function fails(text: string) {
  return (): FetchAnswer => {
    throw new Error(text);
  };
}

export function problem(status: number, code: string, more: object = {}, headers: Record<string, string> = {}) {
  return answers(status, { type: 'about:blank', title: code, status, detail: code, code, ...more }, headers);
}

/** Every word on the card, as a person reads it. */
export function wordsOn(card: Card): string {
  const texts: string[] = [];
  const collect = (value: unknown): void => {
    if (Array.isArray(value)) value.forEach(collect);
    else if (typeof value === 'object' && value !== null) {
      for (const [key, one] of Object.entries(value)) {
        if (typeof one === 'string' && /^(text|title|subtitle|header|label|bottomLabel|hintText)$/.test(key)) {
          texts.push(one.replace(/<[^>]*>/g, ' '));
        } else collect(one);
      }
    }
  };
  collect(card);
  return texts.join('\n');
}

export function buttonsOf(card: Card): Button[] {
  const lists = card.sections.flatMap(({ widgets }) =>
    widgets.flatMap((widget) => (widget.buttonList as { buttons: Button[] } | undefined)?.buttons ?? []),
  );
  return card.fixedFooter ? [...lists, card.fixedFooter.primaryButton] : lists;
}

/** A view as the server gives it, with the words the server would choose. */
export function view(more: Partial<SubmissionView> = {}, language = 'en'): SubmissionView {
  const base: Omit<SubmissionView, 'pane'> = {
    id: 'sub_1',
    submission_type: 'USER',
    status: 'concluded',
    requested_disposition: 'MALICIOUS',
    requested_at: '2026-01-05T09:00:00Z',
    requested_by: ana,
    subject: 'Full',
    header_from: 'a@x.test',
    internet_message_id: '<lure@x.test>',
    original: 'authoritative',
    outcome_disposition: 'MALICIOUS',
    score: 0.99,
    margin: 4.6,
    spam_score: 0.2,
    reporter_unit: 0.5,
    model: 'default-1',
    reasons: [
      {
        id: 'url.lookalike',
        family: 'url',
        severity: 'high',
        text: 'A link looks like another.',
        evidence: 'x[.]test',
      },
    ],
    attributes: [],
    coverage_missing: [],
    psr: { action: 'retract' },
    retraction: {
      id: 'ret_1',
      state: 'running',
      mailboxes: { searched: 10, total: 40 },
      copies: {
        found: 4,
        retracted: 3,
        already_there: 0,
        gone: 0,
        failed: 0,
        unknown: 0,
        review: 0,
        unread: 2,
        restored: 0,
      },
    },
    simulation: false,
    ...more,
  };
  return { ...base, pane: more.pane ?? composePane(base, language) };
}
