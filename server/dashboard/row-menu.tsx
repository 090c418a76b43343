/** What can be done with a submission from its row: opened by a button, below the row, in the order of the keyboard. */
import { useId, useState } from 'preact/hooks';
import { fieldCondition } from '../../shared/search-query.ts';
import type { SubmissionRecord } from '../../shared/submission-record.ts';
import { mayDecide, useSurroundings } from './context.ts';
import { Escalate } from './escalate.tsx';
import { Link } from './router.tsx';
import { visible } from './visible.ts';

export function RowMenu({ record, onChanged }: { record: SubmissionRecord; onChanged: () => void }) {
  const surroundings = useSurroundings();
  const { words } = surroundings;
  const [open, setOpen] = useState(false);
  const id = useId();
  if (!mayDecide(surroundings)) return null;
  const subject = visible(record.subject) || words.submissions.noSubject;
  const escalatable =
    record.submission_type === 'USER' && record.status === 'concluded' && record.customer_status !== 'escalated';
  return (
    <fieldset
      class="row-menu"
      aria-label={words.rowMenu.open(subject)}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || !open) return;
        setOpen(false);
        event.currentTarget.querySelector('button')?.focus();
      }}
    >
      <button
        type="button"
        class="plain"
        aria-label={words.rowMenu.open(subject)}
        aria-expanded={open}
        aria-controls={id}
        onClick={() => setOpen(!open)}
      >
        <span aria-hidden="true">⋯</span>
      </button>
      {open && (
        <div class="row-actions" id={id}>
          <Link to={`/submissions/${record.id}`}>{words.rowMenu.more}</Link>
          {record.message && <Link to={`/messages/${record.message}?view=preview`}>{words.rowMenu.mail}</Link>}
          {record.original_edf_hash && (
            <Link
              to={`/search?${new URLSearchParams({ query: fieldCondition('edf_hash', record.original_edf_hash), days: '365', all: '1' })}`}
            >
              {words.rowMenu.similar}
            </Link>
          )}
          {escalatable && <Escalate id={record.id} onDone={onChanged} />}
        </div>
      )}
    </fieldset>
  );
}
