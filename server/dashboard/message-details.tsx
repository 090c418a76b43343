/** All that is known of a message, and what people may do about it. */
import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import type { SubmissionDetail } from '../../shared/api.ts';
import type { MessageDetail } from '../../shared/messages.ts';
import { fieldCondition } from '../../shared/search-query.ts';
import { useSurroundings, useWords } from './context.ts';
import { Evidence } from './evidence.tsx';
import { Authentication } from './facts.tsx';
import { Reclassify } from './reclassify.tsx';
import { Release } from './release.tsx';
import { Link } from './router.tsx';
import { Similar } from './similar.tsx';
import { TakeBack } from './take-back.tsx';
import { visible } from './visible.ts';
import { When } from './when.tsx';

export function MessageDetails({ message, onChanged }: { message: MessageDetail; onChanged: () => void }) {
  const words = useWords();
  const taken = message.delivery_status === 'moved' || message.delivery_status === 'quarantined';
  return (
    <div class="columns">
      <div class="main-column">
        {!taken && message.verdict && (
          <section class="card">
            <TakeBack
              ids={[message.id]}
              button={words.decide.takeBack.button}
              quiet={message.final_disposition !== 'MALICIOUS'}
              onStarted={onChanged}
            />
          </section>
        )}
        {message.final_disposition && (
          <section class="card case-actions" aria-label={words.review.title}>
            <Reclassify
              ids={[message.id]}
              current={message.final_disposition}
              retracted={taken}
              upload={!message.body.kept}
              onDone={onChanged}
            />
            {taken && <Release ids={[message.id]} onDone={onChanged} />}
          </section>
        )}
        <Why message={message} />
        <Links message={message} />
        <Attachments message={message} />
        <Copies message={message} />
        <Similar message={message.id} />
      </div>
      <div class="side-column">
        <Sender message={message} />
        <Authentication detail={authenticationOf(message)} />
        <Thread message={message} />
      </div>
    </div>
  );
}

function Why({ message }: { message: MessageDetail }) {
  const { verdict } = message;
  if (!verdict) return null;
  return (
    <Evidence
      view={{
        outcome_disposition: verdict.disposition,
        score: verdict.score,
        attributes: message.attributes,
        coverage_missing: verdict.coverage_missing,
        reasons: message.findings.map(({ detection, field, severity, reason, detail }) => ({
          id: detection,
          family: field,
          severity,
          text: reason,
          evidence: detail,
        })),
      }}
    />
  );
}

const authenticationOf = ({ validation }: MessageDetail): Pick<SubmissionDetail, 'authentication'> => ({
  authentication: {
    spf: validation.spf,
    dkim: validation.dkim,
    dmarc: validation.dmarc,
    dmarc_policy: validation.dmarc_policy,
    source: validation.comment,
  },
});

function Sender({ message }: { message: MessageDetail }) {
  const { words, language } = useSurroundings();
  const { sender_info: sender, recipients } = message;
  const people = (list: { name: string; address: string }[]) =>
    list.slice(0, 20).map(({ name, address }) => (
      <span key={address} class="message-person" dir="auto">
        {visible(name ? `${name} <${address}>` : address)}
      </span>
    ));
  const server = [sender.server_name, sender.ip].filter(Boolean).join(' · ');
  const size = new Intl.NumberFormat(language, { style: 'unit', unit: 'kilobyte', maximumFractionDigits: 1 });
  return (
    <section class="card" aria-labelledby="sender">
      <h2 id="sender">{words.message.sender}</h2>
      <dl class="facts">
        <Fact name={words.message.from}>{people([{ name: message.from_name, address: message.from }])}</Fact>
        {message.replyto && message.replyto !== message.from && (
          <Fact name={words.message.replyTo}>{visible(message.replyto)}</Fact>
        )}
        {message.envelope_from && <Fact name={words.message.envelopeFrom}>{visible(message.envelope_from)}</Fact>}
        {recipients.to.length > 0 && <Fact name={words.message.to}>{people(recipients.to)}</Fact>}
        {recipients.cc.length > 0 && <Fact name={words.message.cc}>{people(recipients.cc)}</Fact>}
        {message.sent_at && (
          <Fact name={words.message.sent}>
            <When at={message.sent_at} full />
          </Fact>
        )}
        <Fact name={words.message.received}>
          <When at={message.received_at} full />
        </Fact>
        <Fact name={words.message.seen}>{words.message.mode[message.delivery_mode] ?? message.delivery_mode}</Fact>
        {server && <Fact name={words.message.server}>{visible(server)}</Fact>}
        {message.x_originating_ip && <Fact name={words.message.originating}>{message.x_originating_ip}</Fact>}
        {message.message_id && (
          <Fact name={words.message.messageId}>
            <code>{visible(message.message_id)}</code>
          </Fact>
        )}
        <Fact name={words.message.alertId}>
          <code>{message.alert_id}</code>
        </Fact>
        <Fact name={words.message.size}>{size.format(message.size / 1_000)}</Fact>
        {message.mime_structure && (
          <Fact name={words.message.structure}>
            <code>{visible(message.mime_structure)}</code>
          </Fact>
        )}
      </dl>
      <p class="ways">
        {message.edf_hash && (
          <Link
            to={`/search?${new URLSearchParams({ query: fieldCondition('edf_hash', message.edf_hash), days: '365', all: '1' })}`}
          >
            {words.message.searchSimilar}
          </Link>
        )}
        {message.from && (
          <Link
            to={`/search?${new URLSearchParams({ query: fieldCondition('from', message.from), days: '365', all: '1' })}`}
          >
            {words.message.searchSender}
          </Link>
        )}
      </p>
    </section>
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

const LINKS_SHOWN = 10;

function Links({ message: { links } }: { message: MessageDetail }) {
  const words = useWords();
  const [all, setAll] = useState(false);
  if (links.length === 0) return null;
  return (
    <section class="card" aria-labelledby="links">
      <h2 id="links">{words.message.links}</h2>
      <p class="quiet small">{words.message.linksNote}</p>
      <ul class="message-list">
        {(all ? links : links.slice(0, LINKS_SHOWN)).map(({ href, text }, index) => (
          // Addresses may repeat with another text.
          <li key={index}>
            <code class="evidence">{visible(href)}</code>
            {text && text !== href && (
              <span class="quiet small" dir="auto">
                {visible(text)}
              </span>
            )}
          </li>
        ))}
      </ul>
      {!all && links.length > LINKS_SHOWN && (
        <button type="button" class="plain" onClick={() => setAll(true)}>
          {words.more}
        </button>
      )}
    </section>
  );
}

function Attachments({ message: { attachments } }: { message: MessageDetail }) {
  const words = useWords();
  if (attachments.length === 0) return null;
  return (
    <section class="card" aria-labelledby="attachments">
      <h2 id="attachments">{words.message.attachments}</h2>
      <ul class="message-list">
        {attachments.map((file, index) => (
          <li key={index}>
            <strong dir="auto">{visible(file.filename) || file.content_type}</strong>{' '}
            <span class="quiet small">
              {file.file_type} · {Math.ceil(file.size / 1_000)} kB
              {file.detection && ` · ${words.message.detection[file.detection]}`}
            </span>
            <dl class="hashes small">
              {(['sha256', 'sha1', 'md5'] as const).map(
                (kind) =>
                  file[kind] && (
                    <div key={kind}>
                      <dt class="quiet">{kind}</dt>
                      <dd>
                        <code>{file[kind]}</code>
                      </dd>
                    </div>
                  ),
              )}
            </dl>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Copies({ message: { copies, copies_complete } }: { message: MessageDetail }) {
  const words = useWords();
  return (
    <section class="card" aria-labelledby="who-has-it">
      <h2 id="who-has-it">{words.message.copies}</h2>
      {copies.length === 0 ? (
        <p class="quiet">{words.message.copiesNone}</p>
      ) : (
        <ul class="message-list">
          {copies.map((copy) => (
            <li key={copy.mailbox}>
              {visible(copy.mailbox)}{' '}
              <span class="quiet small">
                {copy.state
                  ? (words.copyState as Record<string, string>)[copy.state]
                  : (words.message.mode[copy.delivery_mode ?? ''] ?? '')}
                {copy.delivered_at && (
                  <>
                    {' · '}
                    <When at={copy.delivered_at} />
                  </>
                )}
              </span>
            </li>
          ))}
        </ul>
      )}
      {!copies_complete && <p class="quiet small">{words.message.copiesMore}</p>}
    </section>
  );
}

function Thread({ message }: { message: MessageDetail }) {
  const words = useWords();
  const lines = [
    ...message.submissions.map((s) => ({
      at: s.requested_at,
      text: (
        <Link to={`/submissions/${s.id}`}>
          {words.message.report(visible(s.requested_by), words.reportedAs[s.requested_disposition])}
        </Link>
      ),
    })),
    ...message.retractions.map((r) => ({
      at: r.requested_at,
      text: (
        <Link to={`/retractions/${r.id}`}>
          {r.preview ? words.message.preview : words.message.retraction}:{' '}
          {(words.retractionState as Record<string, string>)[r.state]}
        </Link>
      ),
    })),
    ...message.decisions.map((d) => ({
      at: d.decided_at,
      text: words.message.decision(visible(d.decided_by), words.disposition[d.disposition]),
    })),
  ].sort((a, b) => a.at.localeCompare(b.at));
  if (lines.length === 0) return null;
  return (
    <section class="card" aria-labelledby="thread">
      <h2 id="thread">{words.message.thread}</h2>
      <ol class="timeline">
        {lines.map(({ at, text }, index) => (
          <li key={index}>
            <span>{text}</span>
            <span class="quiet small">
              <When at={at} full />
            </span>
          </li>
        ))}
      </ol>
    </section>
  );
}
