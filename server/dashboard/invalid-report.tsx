/** One report that could not be judged; opened, it shows what helps and takes the mail as a file. */
import { useRef, useState } from 'preact/hooks';
import type { SubmissionView } from '../../shared/api.ts';
import { mailWords } from '../../shared/i18n/mail-words.ts';
import type { InvalidSubmission } from '../../shared/invalid.ts';
import { ApiProblem, ask } from './api.ts';
import { base64Of } from './base64-of.ts';
import { mayDecide, useSurroundings } from './context.ts';
import { go } from './router.tsx';
import { sentenceOf } from './trouble.tsx';
import { visible } from './visible.ts';
import { When } from './when.tsx';

/** 30 MB over a slow line. */
const UPLOAD_MS = 180_000;

interface InvalidReportProps {
  report: InvalidSubmission;
  open: boolean;
  onToggle: (open: boolean) => void;
  onRepaired: () => void;
}

export function InvalidReport({ report, open, onToggle, onRepaired }: InvalidReportProps) {
  const surroundings = useSurroundings();
  const { invalid, disposition } = surroundings.words;
  const { title, remedy } = mailWords(surroundings.language).reasons[report.invalid_reason];
  return (
    <li class="card">
      <details open={open} onToggle={(event) => onToggle(event.currentTarget.open)}>
        <summary>
          <span class="mail">
            <strong>{title}</strong>
            <span dir="auto">{visible(report.subject) || invalid.noSubject}</span>
            <span class="quiet">
              {report.requested_by} · {disposition[report.requested_disposition]}
              {report.submission_type === 'TEAM' && ` · ${invalid.team}`}
            </span>
          </span>
          <span class="when quiet">
            <When at={report.requested_at} />
          </span>
        </summary>
        <p>
          <strong>{invalid.helps}:</strong> {remedy}
        </p>
        {mayDecide(surroundings) && <Repair report={report} onRepaired={onRepaired} />}
        <p class="quiet">{report.id}</p>
      </details>
    </li>
  );
}

function Repair({ report, onRepaired }: Pick<InvalidReportProps, 'report' | 'onRepaired'>) {
  const { words } = useSurroundings();
  const { invalid } = words;
  const input = useRef<HTMLInputElement>(null);
  const [said, setSaid] = useState('');
  const [busy, setBusy] = useState(false);

  const judge = async (event: SubmitEvent) => {
    event.preventDefault();
    const file = input.current?.files?.[0];
    if (!file) return setSaid(invalid.choose);
    setBusy(true);
    setSaid(invalid.judging);
    try {
      const eml = await base64Of(file);
      const view = await ask<SubmissionView>('POST', `/invalid-submissions/${report.id}/eml`, { eml }, UPLOAD_MS);
      onRepaired();
      go(`/submissions/${view.id}`);
    } catch (error) {
      setSaid(error instanceof ApiProblem ? sentenceOf(error, words) : words.trouble.failed);
      setBusy(false);
    }
  };

  return (
    <>
      <p>
        {report.kept_bytes === null ? (
          invalid.notKept
        ) : (
          <>
            {invalid.kept(invalid.size(report.kept_bytes))}{' '}
            <a href={`/api/v1/invalid-submissions/${report.id}/bytes`} download={`${report.id}.eml`}>
              {invalid.download}
            </a>
          </>
        )}
      </p>
      <form class="upload" onSubmit={judge}>
        <label class="field">
          <span>{invalid.upload}</span>
          <input ref={input} type="file" accept=".eml,message/rfc822" />
        </label>
        <p class="quiet">{invalid.uploadLead}</p>
        <div class="save">
          <button type="submit" class="primary" disabled={busy}>
            {invalid.judge}
          </button>
          <span role="status">{said}</span>
        </div>
      </form>
    </>
  );
}
