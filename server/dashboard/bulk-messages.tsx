/** The messages of a bulk job and what became of each. */
import { useState } from 'preact/hooks';
import type { BulkJob, BulkMessage } from '../../shared/bulk-job.ts';
import { BULK_MESSAGE_STATUSES, type BulkMessageStatus } from '../../shared/vendor-words.ts';
import { ask, type Page } from './api.ts';
import { isOpen } from './bulk-progress.tsx';
import { Chip, type Tone } from './chips.tsx';
import { useWords } from './context.ts';
import { useLive } from './live.ts';
import { go, Link } from './router.tsx';
import { Loading, Trouble } from './trouble.tsx';
import { visible } from './visible.ts';
import { When } from './when.tsx';

const TONE: Record<BulkMessageStatus, Tone> = {
  PENDING: 'info',
  PROCESSING: 'info',
  COMPLETED: 'ok',
  FAILED: 'danger',
  CANCELLED: 'quiet',
  SKIPPED: 'quiet',
};
const BUSY_MS = 2_000;
const CALM_MS = 15_000;
const PAGE = 50;

export function BulkMessages({ job, status }: { job: BulkJob; status: string }) {
  const words = useWords();
  const { bulk } = words;
  const [pages, setPages] = useState(1);
  const limit = Math.min(PAGE * pages, 1_000);
  const known = BULK_MESSAGE_STATUSES.find((one) => one === status);
  const { data, problem } = useLive(
    `bulk messages ${job.job_id} ${known} ${limit}`,
    () =>
      ask<Page<BulkMessage>>(
        'GET',
        `/bulk-jobs/${job.job_id}/messages?limit=${limit}${known ? `&status=${known}` : ''}`,
      ),
    isOpen(job) ? BUSY_MS : CALM_MS,
  );
  return (
    <>
      <search class="filters">
        <select
          aria-label={bulk.columns.status}
          value={known ?? ''}
          onChange={({ currentTarget: { value } }) =>
            go(`/bulk-jobs/${job.job_id}${value ? `?status=${value}` : ''}`, { replace: true })
          }
        >
          <option value="">{`${bulk.columns.status}: ${bulk.allStates}`}</option>
          {BULK_MESSAGE_STATUSES.map((one) => (
            <option key={one} value={one}>
              {bulk.messageStatus[one]}
            </option>
          ))}
        </select>
      </search>
      <Trouble problem={problem} />
      {!data && !problem && <Loading rows={3} />}
      {data && data.items.length > 0 && (
        <table class="copies">
          <caption class="unseen">{bulk.messages}</caption>
          <thead>
            <tr>
              {Object.entries(bulk.columns).map(([name, text]) => (
                <th scope="col" key={name}>
                  {text}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {data.items.map((message) => (
              <Row key={message.message} message={message} />
            ))}
          </tbody>
        </table>
      )}
      {data?.next_cursor && (
        <button type="button" class="more" onClick={() => setPages(pages + 1)}>
          {words.more}
        </button>
      )}
    </>
  );
}

function Row({ message }: { message: BulkMessage }) {
  const words = useWords();
  const { bulk } = words;
  const reason = message.status_message;
  return (
    <tr>
      <td class="mailbox" dir="auto">
        <Link to={`/messages/${message.message}`}>{visible(message.subject) || words.submissions.noSubject}</Link>
        <span class="quiet small reason" dir="auto">
          {visible(message.header_from)}
        </span>
      </td>
      <td>
        <Chip tone={TONE[message.status]} text={bulk.messageStatus[message.status]} />
        {reason && <span class="quiet small reason">{bulk.reason[reason] ?? words.refusal[reason] ?? reason}</span>}
      </td>
      <td class="short" data-label={bulk.columns.when}>
        {message.processed_at && <When at={message.processed_at} />}
      </td>
      <td data-label={bulk.columns.retraction}>
        {message.retraction_id && <Link to={`/retractions/${message.retraction_id}`}>{bulk.toRetraction}</Link>}
        {message.submission_id && <Link to={`/submissions/${message.submission_id}`}>{words.review.title}</Link>}
      </td>
    </tr>
  );
}
