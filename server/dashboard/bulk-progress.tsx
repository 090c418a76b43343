/** How far a bulk job is: a bar, and counters that always sum. */
import type { BulkJob } from '../../shared/bulk-job.ts';
import type { BulkJobStatus } from '../../shared/vendor-words.ts';
import { Chip, type Tone } from './chips.tsx';
import { useWords } from './context.ts';

const TONE: Record<BulkJobStatus, Tone> = {
  PENDING: 'info',
  DISCOVERING: 'info',
  PROCESSING: 'info',
  COMPLETED: 'ok',
  FAILED: 'danger',
  CANCELLED: 'quiet',
};

export const isOpen = ({ status }: Pick<BulkJob, 'status'>) =>
  status === 'PENDING' || status === 'DISCOVERING' || status === 'PROCESSING';

export function JobChip({ job }: { job: Pick<BulkJob, 'status'> }) {
  const { bulk } = useWords();
  return <Chip tone={TONE[job.status]} busy={isOpen(job)} text={bulk.status[job.status]} />;
}

export function JobBar({ job }: { job: BulkJob }) {
  const { bulk } = useWords();
  const total = job.total_messages_discovered;
  const label = bulk.progress(total - job.messages_pending, total);
  if (!isOpen(job)) return null;
  if (job.status !== 'PROCESSING' || total === 0) return <progress aria-label={label} />;
  return <progress max={1} value={(total - job.messages_pending) / total} aria-label={label} />;
}

/** What the job does, in the words of a glance. */
export function jobTitle(job: BulkJob, words: ReturnType<typeof useWords>): string {
  const { destination, disposition } = job.action_params;
  const detail = destination ? words.destination[destination] : disposition ? words.disposition[disposition] : null;
  return [words.bulk.actions[job.action_type], detail].filter(Boolean).join(': ');
}
