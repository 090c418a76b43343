import { useState } from 'preact/hooks';
import type { ClientWords } from '../shared/i18n/client-words.ts';
import { type Exposure, REPORT_TYPES, type ReportType } from '../shared/submission.ts';
import type { OpenItem } from './office.ts';
import type { Draft } from './session.ts';

/** The commonest first. */
export const EXPOSURE_ORDER: readonly Exposure[] = ['clicked_link', 'opened_attachment', 'entered_password', 'replied'];

/** Limit of `comment` in the contract. */
const COMMENT_LIMIT = 2000;

/** What will be sent, before it is sent; and what the person thinks of it. */
export function Form({
  item,
  host,
  words,
  onReport,
}: {
  item: OpenItem;
  host: string;
  words: ClientWords;
  onReport: (draft: Draft) => void;
}) {
  const { form } = words;
  const [type, setType] = useState<ReportType>('phish');
  const [exposure, setExposure] = useState<Exposure[]>([]);
  const [comment, setComment] = useState('');
  const attached = item.attachments.filter(({ inline }) => !inline).length;
  const toggle = (kind: Exposure) =>
    setExposure((now) => (now.includes(kind) ? now.filter((other) => other !== kind) : [...now, kind]));

  return (
    <form
      class="stack"
      onSubmit={(event) => {
        event.preventDefault();
        onReport({ type, comment, exposure: type === 'safe' ? [] : exposure });
      }}
    >
      <h1>{form.title}</h1>
      <section class="card message" aria-label={form.whatIsSent}>
        <p class="subject">{item.subject || form.noSubject}</p>
        <p class="quiet clip">
          {form.from} {item.fromName && item.fromName !== item.fromAddress ? `${item.fromName} ` : ''}
          {item.fromAddress}
        </p>
        <p class="small">
          <strong>
            {form.wholeMessage}
            {attached > 0 && ` ${form.attachments(attached)}`}
          </strong>{' '}
          {form.recipient(host)}{' '}
          <a href="about.html" target="_blank" rel="noopener">
            {form.about}
          </a>
        </p>
      </section>

      <fieldset>
        <legend>{form.type}</legend>
        {REPORT_TYPES.map((kind) => (
          <label class="choice" key={kind}>
            <input type="radio" name="type" value={kind} checked={type === kind} onChange={() => setType(kind)} />
            <span>{form.types[kind]}</span>
          </label>
        ))}
      </fieldset>

      {type !== 'safe' && (
        <fieldset>
          <legend>{form.exposure}</legend>
          {EXPOSURE_ORDER.map((kind) => (
            <label class="choice" key={kind}>
              <input type="checkbox" checked={exposure.includes(kind)} onChange={() => toggle(kind)} />
              <span>{form.exposures[kind]}</span>
            </label>
          ))}
        </fieldset>
      )}

      <label class="field">
        <span class="field-name">
          {form.comment} <span class="quiet">{form.commentHint}</span>
        </span>
        <textarea
          rows={2}
          maxLength={COMMENT_LIMIT}
          value={comment}
          onInput={(event) => setComment(event.currentTarget.value)}
        />
      </label>

      <button type="submit" class="primary">
        {form.send}
      </button>
    </form>
  );
}
