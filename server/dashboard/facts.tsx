/** The plain facts of a submission, sender authentication, and what happened when. */
import type { ComponentChildren } from 'preact';
import type { SubmissionDetail, SubmissionView } from '../../shared/api.ts';
import { useSurroundings, useWords } from './context.ts';
import { visible } from './visible.ts';
import { When } from './when.tsx';

export function Facts({ view, detail }: { view: SubmissionView; detail: SubmissionDetail | null }) {
  const words = useWords();
  return (
    <>
      <section class="card" aria-label={words.submission.receipt}>
        <dl class="facts">
          <Fact name={words.submission.as}>{words.reportedAs[view.requested_disposition]}</Fact>
          {detail && detail.exposure.length > 0 && (
            <Fact name={words.submission.did}>{detail.exposure.map((e) => words.exposure[e]).join(', ')}</Fact>
          )}
          {detail?.comment && (
            <Fact name={words.submission.comment}>
              <span dir="auto">{visible(detail.comment)}</span>
            </Fact>
          )}
          {detail && <Fact name={words.submission.mailbox}>{detail.mailbox}</Fact>}
          {detail?.client && (
            <Fact name={words.submission.with}>
              {`${detail.client.name} ${detail.client.version}${detail.client.host ? `, ${detail.client.host}` : ''}`}
            </Fact>
          )}
          {view.internet_message_id && (
            <Fact name={words.submission.messageId}>
              <code>{visible(view.internet_message_id)}</code>
            </Fact>
          )}
          <Fact name={words.submission.receipt}>
            <code>{view.id}</code>
          </Fact>
          {view.model && <Fact name={words.submission.model}>{view.model}</Fact>}
        </dl>
        {view.original && <p class="quiet small">{words.submission.original[view.original]}</p>}
      </section>
      {detail && <Authentication detail={detail} />}
      {detail && <Timeline detail={detail} />}
    </>
  );
}

function Fact({ name, children }: { name: string; children: ComponentChildren }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

export function Authentication({ detail: { authentication } }: { detail: Pick<SubmissionDetail, 'authentication'> }) {
  const words = useWords();
  if (!authentication) return null;
  const { spf, dkim, dmarc, dmarc_policy, source } = authentication;
  const results = [
    ['SPF', spf],
    ['DKIM', dkim],
    ['DMARC', dmarc],
  ] as const;
  return (
    <section class="card" aria-labelledby="authentication">
      <h2 id="authentication">{words.submission.authentication}</h2>
      {results.every(([, result]) => !result) ? (
        <p class="quiet">{words.submission.authenticationNone}</p>
      ) : (
        <>
          <ul class="authentication">
            {results.map(([method, result]) => (
              <li key={method} class={result === 'pass' ? 'pass' : result === 'fail' ? 'fail' : 'other'}>
                <span>{method}</span>
                <strong>{result ?? '–'}</strong>
              </li>
            ))}
          </ul>
          <p class="quiet small">
            {source === 'recomputed' ? words.submission.recomputed : words.submission.trusted}
            {dmarc_policy && `, ${words.submission.policy(dmarc_policy)}`}
          </p>
        </>
      )}
    </section>
  );
}

function Timeline({ detail: { timeline } }: { detail: SubmissionDetail }) {
  const { words } = useSurroundings();
  if (timeline.length === 0) return null;
  return (
    <section class="card" aria-labelledby="timeline">
      <h2 id="timeline">{words.submission.timeline}</h2>
      <ol class="timeline">
        {timeline.map(({ at, action, actor }, index) => (
          // An append-only list has no other key.
          <li key={index}>
            <span>{words.action[action] ?? action}</span>
            <span class="quiet small">
              <When at={at} full /> · {words.actor[actor] ?? actor}
            </span>
          </li>
        ))}
      </ol>
    </section>
  );
}
