import type { BulkJob, BulkMessage } from '../../shared/bulk-job.ts';
import type { MessageSearch } from '../../shared/messages.ts';
import type { CountedJob } from '../store/bulk-jobs.ts';
import type { BulkMessageRow } from '../store/bulk-messages.ts';

const iso = (at: Date | null) => at?.toISOString() ?? null;

/** The vendor's names: asked for as `action`, read back as `action_type`. */
export function jobView(job: CountedJob): BulkJob {
  const over = job.status === 'COMPLETED' || job.status === 'FAILED' || job.status === 'CANCELLED';
  return {
    job_id: job.id,
    action_type: job.action,
    action_params: {
      ...(job.destination ? { destination: job.destination } : {}),
      ...(job.disposition ? { disposition: job.disposition } : {}),
    },
    search_params: job.search as MessageSearch | null,
    comment: job.comment,
    status: job.status,
    status_message: job.status_message,
    created_by: job.created_by,
    created_at: job.created_at.toISOString(),
    started_at: iso(job.started_at),
    completed_at: iso(job.completed_at),
    total_messages_discovered: job.discovered,
    messages_pending: job.pending,
    messages_successful: job.successful,
    messages_failed: job.failed,
    messages_skipped: job.skipped,
    messages_cancelled: job.cancelled,
    undo_of: job.undo_of,
    undone_by: job.undone_by,
    undoable: over && job.action !== 'RECLASSIFY' && job.undo_of === null && job.undone_by === null && job.undoable > 0,
  };
}

export function messageView(row: BulkMessageRow & { subject: string; header_from: string }): BulkMessage {
  return {
    message: row.message_id,
    subject: row.subject,
    header_from: row.header_from,
    status: row.status,
    retry_count: row.retry_count,
    retry_after: iso(row.retry_after),
    status_message: row.status_message,
    processed_at: iso(row.processed_at),
    retraction_id: row.retraction_id,
    submission_id: row.submission_id,
  };
}
