/** One event as a target wants it. What a stranger wrote is text in it, never markup: chats turn links and names alive. */
import type { AlertRow, PostDeliveryRow } from '../../shared/log-rows.ts';
import type { EventRow } from '../store/event-rows.ts';
import type { WebhookRow } from '../store/webhooks.ts';
import { alertRow, type LogContext, postDeliveryRow } from './log-rows.ts';
import { CHAT_WORDS } from './webhook-words.ts';

export interface WebhookBody {
  /** The dataset, as Reelback-Event names it. */
  event: 'email_security_alerts' | 'email_security_post_delivery_events' | 'test';
  headers: Record<string, string>;
  text: string;
}

export interface BodyContext extends LogContext {
  /** Of the dashboard, without trailing slash. */
  publicUrl: string;
}

type Target = Pick<WebhookRow, 'format' | 'language' | 'token'>;
type Row = { event: WebhookBody['event']; at: Date; row: AlertRow | PostDeliveryRow | Record<string, unknown> };

/** @param event null: a test */
export function webhookBody(target: Target, event: EventRow | null, context: BodyContext, now: Date): WebhookBody {
  const words = CHAT_WORDS[target.language];
  if (target.format === 'slack' || target.format === 'teams') {
    const told = event ? chatLines(event, target, context) : { title: words.test, lines: [words.testText], link: null };
    const body = target.format === 'slack' ? slack(told) : teams(told);
    return { event: event ? 'email_security_alerts' : 'test', headers: {}, text: JSON.stringify(body) };
  }
  const line: Row = event ? rowOf(event, context) : { event: 'test', at: now, row: { test: true, source: 'reelback' } };
  if (target.format === 'json') return { event: line.event, headers: {}, text: JSON.stringify(line.row) };
  return {
    event: line.event,
    headers: target.token === '' ? {} : { authorization: `Splunk ${target.token}` },
    text: JSON.stringify({
      time: line.at.getTime() / 1_000,
      source: 'reelback',
      sourcetype: line.event,
      event: line.row,
    }),
  };
}

function rowOf(event: EventRow, context: BodyContext): Row {
  return event.kind === 'alert'
    ? { event: 'email_security_alerts', at: event.at, row: alertRow(event, context) }
    : { event: 'email_security_post_delivery_events', at: event.at, row: postDeliveryRow(event, context) };
}

interface Told {
  title: string;
  lines: string[];
  link: { text: string; url: string } | null;
}

const MOST_REASONS = 4;

function chatLines(event: EventRow, { language }: Target, context: BodyContext): Told {
  const words = CHAT_WORDS[language];
  const row = alertRow(event, context);
  const reasons = row.AlertReasons.slice(0, MOST_REASONS);
  const line = (name: string, text: string) => `${name}: ${quiet(text)}`;
  return {
    title: words.title(words.disposition[event.disposition ?? 'NONE']),
    lines: [
      line(words.subject, row.Subject),
      line(words.from, row.FromName === '' ? row.From : `${row.FromName}, ${row.From}`),
      line(words.to, row.SMTPEnvelopeTo.slice(0, 5).join(', ')),
      ...(reasons.length > 0 ? [`${words.reasons}:`, ...reasons.map((reason) => `• ${quiet(reason)}`)] : []),
    ],
    link: { text: words.open, url: `${context.publicUrl}/dashboard/messages/${event.message_id}` },
  };
}

/** Plain blocks are shown as they are; `text` is the notification, where Slack reads markup. */
function slack({ title, lines, link }: Told): object {
  const plain = (text: string) => ({ type: 'plain_text', text: text.slice(0, 2_900), emoji: false });
  return {
    text: escaped(title),
    blocks: [
      { type: 'header', text: { type: 'plain_text', text: title.slice(0, 150), emoji: false } },
      { type: 'section', text: plain(lines.join('\n')) },
      ...(link ? [{ type: 'actions', elements: [{ type: 'button', text: plain(link.text), url: link.url }] }] : []),
    ],
  };
}

/** For a workflow "when a webhook request is received"; text runs know no Markdown, text blocks do. */
function teams({ title, lines, link }: Told): object {
  const run = (text: string, more: object = {}) => ({
    type: 'RichTextBlock',
    inlines: [{ type: 'TextRun', text: text.slice(0, 2_900), ...more }],
  });
  return {
    type: 'message',
    attachments: [
      {
        contentType: 'application/vnd.microsoft.card.adaptive',
        contentUrl: null,
        content: {
          $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
          type: 'AdaptiveCard',
          version: '1.4',
          body: [run(title, { weight: 'Bolder', size: 'Large' }), ...lines.map((line) => run(line))],
          ...(link ? { actions: [{ type: 'Action.OpenUrl', title: link.text, url: link.url }] } : {}),
        },
      },
    ],
  };
}

/** Nothing in it that a chat would make a link of, and no control characters that reorder or break lines. */
function quiet(text: string): string {
  return text
    .replace(/[\p{Cc}\p{Cf}\u2028\u2029]+/gu, ' ')
    .replace(/https?:\/\//gi, (scheme) => `${scheme.replace(/tt/i, 'xx').slice(0, -3)}[:]//`)
    .replace(/(?<=[\p{L}\p{N}])\.(?=[\p{L}\p{N}])/gu, '[.]')
    .replaceAll('@', '[at]')
    .slice(0, 500);
}

const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
