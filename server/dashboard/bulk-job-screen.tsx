/** One bulk job: how far it is, what became of each message, and what may be decided about it. Its filter is in the address. */
import type { BulkJob } from '../../shared/bulk-job.ts';
import { ask } from './api.ts';
import { BulkMessages } from './bulk-messages.tsx';
import { isOpen, JobBar, JobChip, jobTitle } from './bulk-progress.tsx';
import { Confirm } from './confirm.tsx';
import { useWords } from './context.ts';
import { Dialog } from './dialog.tsx';
import { Title } from './frame.tsx';
import { useLive } from './live.ts';
import { go, Link } from './router.tsx';
import { Loading, Nothing, Trouble } from './trouble.tsx';
import { visible } from './visible.ts';
import { When } from './when.tsx';

const EVERY_MS = 1_500;

export function BulkJobScreen({ id, query }: { id: string; query: URLSearchParams }) {
  const words = useWords();
  const { bulk } = words;
  const {
    data: job,
    problem,
    reload,
  } = useLive(`bulk job ${id}`, () => ask<BulkJob>('GET', `/bulk-jobs/${id}`), EVERY_MS);
  if (problem?.status === 404 || problem?.status === 400) return <Nothing />;
  if (!job) return problem ? <Trouble problem={problem} /> : <Loading rows={6} />;
  return (
    <article class="detail">
      <Link to="/bulk-jobs" class="back">
        {bulk.back}
      </Link>
      <div class="detail-head">
        <JobChip job={job} />
        <Title text={jobTitle(job, words)} />
        <p class="quiet">
          {bulk.startedBy(job.created_by)} · <When at={job.created_at} full />
        </p>
      </div>
      <Trouble problem={problem} />
      <section class="card" aria-label={bulk.title}>
        <Standing job={job} />
        <JobDecisions job={job} onDecided={reload} />
      </section>
      <section class="card wide" aria-labelledby="messages">
        <h2 id="messages">{bulk.messages}</h2>
        <BulkMessages job={job} status={query.get('status') ?? ''} />
      </section>
    </article>
  );
}

function Standing({ job }: { job: BulkJob }) {
  const { bulk } = useWords();
  const { search_params: search } = job;
  const total = job.total_messages_discovered;
  return (
    <>
      <p role="status">{bulk.progress(total - job.messages_pending, total)}</p>
      <JobBar job={job} />
      {job.status_message && <p class="banner warning">{bulk.reason[job.status_message] ?? job.status_message}</p>}
      <ul class="counts">
        {(['successful', 'failed', 'skipped', 'cancelled', 'pending'] as const).map((name) => (
          <li key={name} class={name === 'failed' && job.messages_failed > 0 ? 'failed' : name}>
            <strong>{job[`messages_${name}`]}</strong> {bulk.counts[name]}
          </li>
        ))}
      </ul>
      <dl class="facts">
        {search && (
          <div>
            <dt>{bulk.searched}</dt>
            <dd>
              <code>{visible(search.query ?? '') || bulk.everything}</code>
            </dd>
          </div>
        )}
        {job.comment && (
          <div>
            <dt>{bulk.comment}</dt>
            <dd dir="auto">{visible(job.comment)}</dd>
          </div>
        )}
      </dl>
      {job.undo_of && <Link to={`/bulk-jobs/${job.undo_of}`}>{bulk.undoOf}</Link>}
      {job.undone_by && <Link to={`/bulk-jobs/${job.undone_by}`}>{bulk.undoneBy}</Link>}
    </>
  );
}

function JobDecisions({ job, onDecided }: { job: BulkJob; onDecided: () => void }) {
  const { bulk } = useWords();
  const path = `/bulk-jobs/${job.job_id}`;
  const open = isOpen(job);
  return (
    <div class="case-actions">
      {open && (
        <Sure
          words={bulk.cancel}
          act={async () => {
            await ask('POST', `${path}/cancel`);
            onDecided();
          }}
        />
      )}
      {job.undoable && (
        <Sure
          words={bulk.undo}
          act={async () => {
            const undo = await ask<BulkJob>('POST', `${path}/undo`);
            go(`/bulk-jobs/${undo.job_id}`);
          }}
        />
      )}
      {!open && (
        <Sure
          words={bulk.remove}
          act={async () => {
            await ask('DELETE', path);
            go('/bulk-jobs');
          }}
        />
      )}
    </div>
  );
}

function Sure({ words, act }: { words: { button: string; title: string; text: string }; act: () => Promise<void> }) {
  return (
    <Dialog button={words.button}>
      {({ run, close }) => (
        <Confirm
          title={words.title}
          text={words.text}
          confirm={words.button}
          disabled={false}
          onConfirm={() => void run(act)}
          onCancel={close}
        />
      )}
    </Dialog>
  );
}
