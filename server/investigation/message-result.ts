/** A mail as a list shows it. */

import { alertIdOf } from '../../shared/alert-id.ts';
import { reasonText } from '../../shared/i18n/reason-text.ts';
import type { MessageResult } from '../../shared/messages.ts';
import type { MessageFacts } from '../message/described.ts';
import type { Db } from '../store/database.ts';
import { type MessageStanding, standingsOf } from '../store/message-actions.ts';
import { type MessageSummaryRow, messageSummaries } from '../store/message-search.ts';

/** In the order of the ids; what is gone meanwhile is left out. @param language BCP 47 or Accept-Language */
export async function messageResults(
  db: Db,
  tenant: string,
  ids: readonly string[],
  language: string,
): Promise<MessageResult[]> {
  const [summaries, standings] = await Promise.all([messageSummaries(db, tenant, ids), standingsOf(db, ids)]);
  const byId = new Map(summaries.map((summary) => [summary.id, summary]));
  return ids.flatMap((id) => {
    const summary = byId.get(id);
    return summary ? [resultOf(summary, standings.get(id)!, language)] : [];
  });
}

function resultOf(row: MessageSummaryRow, standing: MessageStanding, language: string): MessageResult {
  const facts = row.facts as Partial<MessageFacts>;
  const hops = (facts.received ?? []).map(({ ip }) => ip).filter((ip) => ip !== null);
  const helo = facts.helo?.ip ?? hops[0] ?? null;
  // Of a mail in which nothing was found, small signs would read like a suspicion.
  const findings = row.disposition === 'NONE' ? [] : standing.findings.filter(({ severity }) => severity !== 'info');
  return {
    id: row.id,
    alert_id: alertIdOf(row.id, row.received_at),
    message_id: row.internet_message_id,
    postfix_id: null,
    edf_hash: row.campaign_key,
    subject: row.subject,
    from: row.header_from,
    from_name: row.from_name,
    replyto: row.reply_to,
    envelope_from: row.envelope_from,
    to: (facts.to ?? []).map(({ address }) => address),
    to_name: (facts.to ?? []).map(({ name }) => name),
    envelope_to: row.recipients,
    sent_at: row.sent_at?.toISOString() ?? null,
    received_at: row.received_at.toISOString(),
    scanned_at: row.judged_at?.toISOString() ?? null,
    final_disposition: row.disposition,
    smtp_helo_server_ip: helo,
    smtp_previous_hop_ip: hops.find((ip) => ip !== helo) ?? null,
    x_originating_ip: facts.originatingIp ?? null,
    detection_reasons: findings.map((finding) => reasonText(finding, language)),
    threat_categories: [...new Set(findings.map(({ family }) => family))],
    attributes: row.attributes,
    delivery_mode: row.delivery_mode,
    delivery_status: standing.quarantined
      ? 'quarantined'
      : standing.moved
        ? 'moved'
        : standing.failed
          ? 'move_failed'
          : 'delivered',
    is_quarantined: standing.quarantined,
    is_phish_submission: row.delivery_mode === 'REVIEW_SUBMISSION' || row.delivery_mode === 'SIMULATION_SUBMISSION',
    post_delivery_operations: [
      ...(standing.previewed ? (['PREVIEW'] as const) : []),
      ...(standing.released ? (['QUARANTINE_RELEASE'] as const) : []),
      ...(standing.reports > 0 ? (['SUBMISSION'] as const) : []),
      ...(standing.moved ? (['MOVE'] as const) : []),
    ],
    reports: standing.reports,
    size: row.size,
  };
}
