/** The other views of a message: what was done, the raw bytes, the way it came, and a picture of it that can do nothing. */
import type { ActionLog, MailTrace, MessageDetail } from '../../shared/messages.ts';
import { useWords } from './context.ts';
import { visible } from './visible.ts';
import { When } from './when.tsx';

export function MessageActions({ log }: { log: ActionLog }) {
  const words = useWords();
  const { actions } = words.message;
  const { columns } = actions;
  if (log.items.length === 0) return <p class="quiet card">{actions.none}</p>;
  const known: Record<string, string> = { ...words.copyState, ...words.disposition };
  return (
    <section class="card">
      <table class="copies">
        <caption class="unseen">{words.message.tabs.actions}</caption>
        <thead>
          <tr>
            {Object.entries(columns).map(([name, text]) => (
              <th scope="col" key={name}>
                {text}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {log.items.map((item, index) => (
            <tr key={index}>
              <td class="short" data-label={columns.when}>
                {item.completed_at ? <When at={item.completed_at} full /> : actions.pending}
              </td>
              <td data-label={columns.operation}>{actions.operation[item.operation]}</td>
              <td data-label={columns.status}>{known[item.status] ?? item.status}</td>
              <td data-label={columns.recipient}>{visible(item.recipient ?? '–')}</td>
              <td data-label={columns.folder}>{visible(item.folder ?? '–')}</td>
              <td data-label={columns.destination}>{visible(item.destination ?? '–')}</td>
              <td data-label={columns.by}>{visible(item.requested_by)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {!log.complete && <p class="quiet small">{actions.more}</p>}
    </section>
  );
}

export function MessageTrace({ trace }: { trace: MailTrace }) {
  const words = useWords();
  const { trace: said } = words.message;
  return (
    <div class="main-column">
      <section class="card" aria-labelledby="inbound">
        <h2 id="inbound">{said.inbound}</h2>
        <p class="quiet small">{said.inboundNote}</p>
        <Lines lines={trace.inbound.lines} none={said.inboundNone} />
      </section>
      <section class="card" aria-labelledby="outbound">
        <h2 id="outbound">{said.outbound}</h2>
        {trace.outbound.pending && <p class="banner info">{said.pending}</p>}
        <Lines lines={trace.outbound.lines} none={said.outboundNone} />
      </section>
    </div>
  );
}

function Lines({ lines, none }: { lines: MailTrace['inbound']['lines']; none: string }) {
  if (lines.length === 0) return <p class="quiet">{none}</p>;
  return (
    <ol class="timeline">
      {lines.map(({ lineno, ts, message }) => (
        <li key={lineno}>
          <span>{visible(message)}</span>
          {ts && (
            <span class="quiet small">
              <When at={ts} full />
            </span>
          )}
        </li>
      ))}
    </ol>
  );
}

export function MessageRaw({ message }: { message: MessageDetail }) {
  const words = useWords();
  const { raw } = words.message;
  return (
    <div class="main-column">
      {message.body.kept ? (
        <section class="card">
          <p>{raw.lead}</p>
          <p>
            <a
              class="button"
              href={`/api/v1/messages/${encodeURIComponent(message.id)}/raw`}
              download={`${message.id}.eml`}
            >
              {raw.download}
            </a>
          </p>
        </section>
      ) : (
        <NotKept message={message} />
      )}
      <section class="card" aria-labelledby="headers">
        <h2 id="headers">{words.message.headers}</h2>
        {message.headers.length === 0 && <p class="quiet">{words.message.headersNone}</p>}
        <dl class="headers">
          {message.headers.map(({ name, value }, index) => (
            <div key={index}>
              <dt class="quiet">{visible(name)}</dt>
              <dd>
                <code dir="auto">{visible(value)}</code>
              </dd>
            </div>
          ))}
        </dl>
      </section>
    </div>
  );
}

export function MessagePreview({ message }: { message: MessageDetail }) {
  const words = useWords();
  if (!message.body.kept) return <NotKept message={message} />;
  return (
    <section class="card">
      <p class="quiet small">{words.message.previewNote}</p>
      {/* No rights at all: the page's own policy says the same once more. */}
      <iframe
        class="preview"
        sandbox=""
        referrerpolicy="no-referrer"
        title={words.message.previewTitle}
        src={`/api/v1/messages/${encodeURIComponent(message.id)}/preview`}
      />
    </section>
  );
}

function NotKept({ message }: { message: MessageDetail }) {
  const words = useWords();
  return <p class="banner info">{words.message.notKept[message.body.reason ?? 'deleted']}</p>;
}
