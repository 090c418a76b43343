/** Every bulk job, newest first. */
import { useState } from 'preact/hooks';
import type { BulkJob } from '../../shared/bulk-job.ts';
import { ask, type Page } from './api.ts';
import { isOpen, JobBar, JobChip, jobTitle } from './bulk-progress.tsx';
import { useWords } from './context.ts';
import { Title } from './frame.tsx';
import { useLive } from './live.ts';
import { Link } from './router.tsx';
import { Loading, Trouble } from './trouble.tsx';
import { visible } from './visible.ts';
import { When } from './when.tsx';

const BUSY_MS = 2_000;
const CALM_MS = 8_000;
const PAGE = 50;

export function BulkJobsScreen() {
  const words = useWords();
  const { bulk } = words;
  const [pages, setPages] = useState(1);
  const [busy, setBusy] = useState(true);
  const limit = Math.min(PAGE * pages, 1_000);
  const read = async () => {
    const page = await ask<Page<BulkJob>>('GET', `/bulk-jobs?limit=${limit}`);
    setBusy(page.items.some(isOpen));
    return page;
  };
  const { data, problem } = useLive('bulk-jobs', read, busy ? BUSY_MS : CALM_MS);
  return (
    <>
      <div class="screen-head">
        <Title text={bulk.title} />
        <p class="quiet">{bulk.lead}</p>
      </div>
      <Trouble problem={problem} />
      {!data && !problem && <Loading rows={4} />}
      {data?.items.length === 0 && (
        <div class="empty">
          <h2>{bulk.none.title}</h2>
          <p class="quiet">{bulk.none.lead}</p>
          <p>
            <Link to="/search">{bulk.none.search}</Link>
          </p>
        </div>
      )}
      {data && data.items.length > 0 && (
        <ul class="rows">
          {data.items.map((job) => (
            <li key={job.job_id}>
              <Link to={`/bulk-jobs/${job.job_id}`} class="row retraction-row">
                <span class="verdict">
                  <JobChip job={job} />
                </span>
                <span class="mail">
                  <strong dir="auto">{jobTitle(job, words)}</strong>
                  <span class="quiet" dir="auto">
                    {visible(job.comment || (job.search_params?.query ?? '')) || job.created_by}
                  </span>
                </span>
                <span class="copies">
                  <span>
                    {bulk.progress(job.total_messages_discovered - job.messages_pending, job.total_messages_discovered)}
                  </span>
                  <JobBar job={job} />
                </span>
                <span class="when quiet">
                  <When at={job.created_at} />
                </span>
              </Link>
            </li>
          ))}
        </ul>
      )}
      {data?.next_cursor && (
        <button type="button" class="more" onClick={() => setPages(pages + 1)}>
          {words.more}
        </button>
      )}
    </>
  );
}
