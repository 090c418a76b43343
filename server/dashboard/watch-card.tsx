/** Which mailboxes are read on delivery, and how that goes. */
import { useEffect, useState } from 'preact/hooks';
import type { WatchSettings, WatchStatus } from '../../shared/delivery.ts';
import { ask } from './api.ts';
import { useWords } from './context.ts';
import { SettingCard } from './setting-card.tsx';
import { When } from './when.tsx';

const LOOK_EVERY_MS = 10_000;

export function WatchCard() {
  const { watch: words } = useWords();
  return (
    <>
      <SettingCard<WatchSettings> name="watch" title={words.title} lead={words.lead}>
        {(watch, change) => <Watch watch={watch} change={change} />}
      </SettingCard>
      <Standing />
    </>
  );
}

function Watch({ watch, change }: { watch: WatchSettings; change: (next: WatchSettings) => void }) {
  const { watch: words } = useWords();
  const all = watch.mailboxes.includes('*');
  // As typed: a line that is not finished is no address yet.
  const [text, setText] = useState(watch.mailboxes.filter((one) => one !== '*').join('\n'));
  const type = (typed: string) => {
    setText(typed);
    const lines = typed.split(/[\s,;]+/).filter((line) => line !== '');
    change({ ...watch, mailboxes: [...new Set(lines.map((line) => line.toLowerCase()))] });
  };
  const number = (name: 'every_seconds' | 'look_back_hours', min: number, max: number, label: string) => (
    <label class="field">
      <span>{label}</span>
      <input
        type="number"
        min={min}
        max={max}
        step={1}
        required
        value={watch[name]}
        onInput={(event) => change({ ...watch, [name]: event.currentTarget.valueAsNumber })}
      />
    </label>
  );
  return (
    <>
      <label class="check">
        <input
          type="checkbox"
          checked={all}
          onChange={(event) => {
            if (event.currentTarget.checked) change({ ...watch, mailboxes: ['*'] });
            else type(text);
          }}
        />
        {words.all}
      </label>
      {!all && (
        <label class="field wide">
          <span>{words.some}</span>
          <textarea rows={4} spellcheck={false} value={text} onInput={(event) => type(event.currentTarget.value)} />
        </label>
      )}
      <div class="destinations">
        {number('every_seconds', 1, 3_600, words.every)}
        {number('look_back_hours', 0, 720, words.back)}
      </div>
    </>
  );
}

/** Beside the form: it changes by itself, and saving does not wait for it. */
function Standing() {
  const { watch: words } = useWords();
  const [status, setStatus] = useState<WatchStatus | null>(null);
  useEffect(() => {
    const look = () =>
      ask<WatchStatus>('GET', '/watching').then(setStatus, () => {
        // The form above says what is wrong; the last figures stay.
      });
    look();
    const timer = setInterval(look, LOOK_EVERY_MS);
    return () => clearInterval(timer);
  }, []);
  if (!status) return null;
  const { sweep, failing } = status;
  const reason = sweep ? words.sweep.reasons[sweep.reason] : '';
  return (
    <div class="card setting watch-standing" role="status">
      {status.mailboxes === 0 ? (
        <p>{words.none}</p>
      ) : (
        <p>
          {words.watched(status.mailboxes, status.begun)}{' '}
          {status.looked_at && (
            <>
              {words.last} <When at={status.looked_at} />.
            </>
          )}
        </p>
      )}
      {status.seen_today > 0 && <p>{words.today(status.seen_today, status.detected_today)}</p>}
      {sweep && (sweep.looked_at > 0 || sweep.ended_at === null) && (
        <p class="quiet">
          {sweep.ended_at === null
            ? words.sweep.running(reason, sweep.looked_at)
            : words.sweep.over(reason, sweep.looked_at, sweep.changed)}
        </p>
      )}
      {failing.length > 0 && (
        <>
          <p>
            <strong>{words.failing}</strong>
          </p>
          <ul class="plain-list">
            {failing.map((one) => (
              <li key={one.mailbox}>
                {one.mailbox}: {(words.reasons as Record<string, string>)[one.reason] ?? one.reason} ({words.since}{' '}
                <When at={one.since} />)
              </li>
            ))}
          </ul>
        </>
      )}
    </div>
  );
}
