/** Investigations over a few mails: searched by what their words are, previews by the real page. */
import type { Investigations } from '../../server/investigation/face.ts';
import { CSV_HEAD, csvRow } from '../../server/investigation/message-csv.ts';
import { readSearch } from '../../server/investigation/read-search.ts';
import { previewPage } from '../../server/message/preview.ts';
import type { Actor } from '../../server/retraction/face.ts';
import type { MessageDetail, MessageResult, MessageSearch } from '../../shared/messages.ts';
import { readSearchQuery } from '../../shared/search-query.ts';

const NOW = new Date('2026-08-01T12:00:00Z');

export class InvestigationsInMemory implements Investigations {
  readonly mails: MessageDetail[] = [mailOf('msg_1', {})];
  readonly bodies = new Map<string, string>([['msg_1', 'Subject: x\r\n\r\nPay <b>now</b>']]);
  /** Who read what. */
  readonly reads: string[] = [];

  async similar(id: string) {
    return id === 'msg_1' ? { items: [], complete: true } : null;
  }

  async search(search: MessageSearch, page: { cursor?: string; limit: number }) {
    const found = this.#found(search);
    if ('trouble' in found) return found;
    const from = page.cursor === undefined ? 0 : Number(page.cursor);
    if (Number.isNaN(from))
      return { trouble: { code: 'cursor_invalid' as const, at: 0, what: 'cursor', expected: [] } };
    const items: MessageResult[] = found.mails.slice(from, from + page.limit);
    const more = from + page.limit < found.mails.length;
    const { start, end, detections, ignored } = found.read;
    return {
      items,
      ...(more ? { next_cursor: String(from + page.limit) } : { count: found.mails.length }),
      scope: { start: start?.toISOString() ?? null, end: end?.toISOString() ?? null, detections_only: detections },
      ignored,
    };
  }

  async matching(search: MessageSearch) {
    const found = this.#found(search);
    return 'trouble' in found ? found : { ids: found.mails.map(({ id }) => id) };
  }

  async exportCsv(search: MessageSearch, actor: Actor) {
    const found = this.#found(search);
    if ('trouble' in found) return found;
    this.reads.push(`${actor.id} export`);
    return (async function* pieces() {
      yield CSV_HEAD;
      for (const mail of found.mails) yield csvRow(mail);
    })();
  }

  async detail(id: string) {
    return this.mails.find((mail) => mail.id === id) ?? null;
  }

  async actionLog(id: string) {
    const mail = await this.detail(id);
    return (
      mail && {
        items: mail.decisions.map(({ disposition, decided_by, decided_at }) => ({
          completed_at: decided_at,
          operation: 'RECLASSIFY' as const,
          status: disposition,
          folder: null,
          destination: null,
          recipient: null,
          requested_by: decided_by,
          retraction_id: null,
          submission_id: null,
        })),
        complete: true,
      }
    );
  }

  async trace(id: string) {
    const mail = await this.detail(id);
    if (!mail) return null;
    const line = { lineno: 1, ts: mail.sent_at, message: `${mail.sender_info.server_name ?? '?'} → mx.example.org` };
    return { inbound: { lines: [line], pending: false }, outbound: { lines: [], pending: false } };
  }

  async raw(id: string, actor: Actor) {
    const body = await this.#body(id, actor, 'raw');
    return typeof body === 'string' ? new TextEncoder().encode(body) : body;
  }

  async preview(id: string, actor: Actor, language: string) {
    const body = await this.#body(id, actor, 'preview');
    return typeof body === 'string' ? previewPage(new TextEncoder().encode(body), language) : body;
  }

  async #body(id: string, actor: Actor, what: string) {
    if (!(await this.detail(id))) return null;
    const body = this.bodies.get(id);
    if (body === undefined) return { notKept: 'undetected' as const };
    this.reads.push(`${actor.id} ${what} ${id}`);
    return body;
  }

  #found(search: MessageSearch) {
    const read = readSearch(search, NOW);
    if ('trouble' in read) return read;
    const asked = readSearchQuery(search.query ?? '');
    const words =
      'conditions' in asked ? asked.conditions.flatMap((c) => (c.kind === 'words' ? [c.text.toLowerCase()] : [])) : [];
    const mails = this.mails.filter(
      (mail) =>
        words.every((word) => `${mail.subject} ${mail.from}`.toLowerCase().includes(word)) &&
        (!read.detections || mail.final_disposition !== 'NONE') &&
        read.filters.every((f) => f.by !== 'disposition' || f.any.includes(mail.final_disposition!)),
    );
    return { read, mails };
  }
}

export function mailOf(id: string, change: Partial<MessageDetail>): MessageDetail {
  return {
    id,
    alert_id: `${id}-2026-08-01T09:00:00`,
    message_id: `<${id}@invoices.example.net>`,
    postfix_id: null,
    edf_hash: 'campaign-1',
    subject: 'Your invoice is overdue',
    from: 'billing@invoices.example.net',
    from_name: 'Billing',
    replyto: 'reply@collect.example',
    envelope_from: 'bounce@invoices.example.net',
    to: ['ana@example.org'],
    to_name: ['Ana'],
    envelope_to: ['ana@example.org'],
    sent_at: '2026-08-01T08:59:00.000Z',
    received_at: '2026-08-01T09:00:00.000Z',
    scanned_at: '2026-08-01T09:00:02.000Z',
    final_disposition: 'MALICIOUS',
    smtp_helo_server_ip: '203.0.113.7',
    smtp_previous_hop_ip: null,
    x_originating_ip: null,
    detection_reasons: ['A link pretends to lead elsewhere.'],
    threat_categories: ['url'],
    attributes: ['EXECUTABLE'],
    delivery_mode: 'REVIEW_SUBMISSION',
    delivery_status: 'quarantined',
    is_quarantined: true,
    is_phish_submission: true,
    post_delivery_operations: ['SUBMISSION', 'MOVE'],
    reports: 1,
    size: 4_200,
    verdict: {
      disposition: 'MALICIOUS',
      score: 0.985,
      margin: 4.2,
      spam_score: 0.31,
      reporter_unit: 0.6,
      definitive: false,
      model: 'default-3',
      engine: '1',
      judged_at: '2026-08-01T09:00:02.000Z',
      coverage_missing: ['rdap'],
    },
    findings: [
      {
        detection: 'url.lookalike',
        field: 'url',
        severity: 'high',
        reason: 'A link pretends to lead elsewhere.',
        detail: 'hxxps[:]//pay[.]example',
      },
    ],
    validation: { spf: 'pass', dkim: null, dmarc: 'fail', dmarc_policy: 'none', comment: 'trusted_header' },
    sender_info: {
      ip: '203.0.113.7',
      server_name: 'mail.invoices.example.net',
      pld: 'example.net',
      as_number: null,
      as_name: null,
      geo: null,
    },
    recipients: { to: [{ name: 'Ana', address: 'ana@example.org' }], cc: [] },
    links: [{ href: 'hxxps[:]//pay[.]example/a', host: 'pay.example', text: 'Pay now', source: 'html' }],
    attachments: [
      {
        filename: 'invoice.html',
        content_type: 'text/html',
        file_type: 'html',
        size: 900,
        encrypted: false,
        executable: false,
        macros: false,
        sha256: 'a'.repeat(64),
        sha1: null,
        md5: null,
        detection: null,
      },
    ],
    mime_structure: 'multipart/mixed(text/html,text/html)',
    headers: [{ name: 'Subject', value: 'Your invoice is overdue' }],
    body: { kept: true, reason: null, sha256: 'b'.repeat(64), size: 4_200 },
    copies: [
      {
        mailbox: 'ana@example.org',
        provider: 'microsoft365',
        delivery_mode: null,
        delivered_at: '2026-08-01T09:00:00.000Z',
        state: 'retracted',
        retraction_id: 'ret_1',
      },
    ],
    copies_complete: true,
    submissions: [
      {
        id: 'sub_1',
        type: 'USER',
        status: 'concluded',
        requested_disposition: 'MALICIOUS',
        requested_by: 'ana@example.org',
        requested_at: '2026-08-01T09:00:00.000Z',
      },
    ],
    retractions: [
      {
        id: 'ret_1',
        cause: 'psr',
        state: 'done',
        preview: false,
        destination: 'Quarantine',
        requested_by: 'ana@example.org',
        requested_at: '2026-08-01T09:00:03.000Z',
      },
    ],
    decisions: [{ disposition: 'MALICIOUS', decided_by: 'chris', decided_at: '2026-08-01T10:00:00.000Z' }],
    ...change,
  };
}
