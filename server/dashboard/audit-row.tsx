/** One line of the audit log: when, who, what, concerning what, and what is told of it. */
import type { AuditEntry } from '../../shared/audit.ts';
import { mayDecide, useSurroundings } from './context.ts';
import { Link } from './router.tsx';
import { visible } from './visible.ts';
import { When } from './when.tsx';

export function AuditRow({ entry }: { entry: AuditEntry }) {
  const { words } = useSurroundings();
  const { at, action, actor, subject_id, detail, position, hash } = entry;
  const told = Object.entries(detail);
  return (
    <li>
      <span class="audit-when">
        <When at={at} full />
      </span>
      <span class="audit-what">
        <strong>{words.action[action] ?? action}</strong>
        {words.action[action] && <code>{action}</code>}
      </span>
      <span class="audit-who">
        {actor.name ? visible(actor.name) : words.audit.kind[actor.kind]}
        {actor.name === null && (
          <Link to={`/audit?${new URLSearchParams({ actor: actor.id })}`}>
            <code>{actor.id.slice(0, 12)}</code>
          </Link>
        )}
      </span>
      <span class="audit-subject">
        <Subject id={subject_id} />
      </span>
      <span class="audit-seal quiet small" title={hash ?? undefined}>
        {position === null ? words.audit.unsealed : `#${position} ${hash?.slice(0, 8)}`}
      </span>
      {told.length > 0 && (
        <dl class="audit-detail small">
          {told.map(([name, value]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd dir="auto">{valueText(value, words.audit.erasedContent)}</dd>
            </div>
          ))}
        </dl>
      )}
    </li>
  );
}

function Subject({ id }: { id: string }) {
  const surroundings = useSurroundings();
  const room = id.startsWith('sub_') ? 'submissions' : id.startsWith('ret_') ? 'retractions' : null;
  if (room === null || (room === 'retractions' && !mayDecide(surroundings))) return <code>{visible(id)}</code>;
  return (
    <Link to={`/${room}/${id}`}>
      <code>{visible(id)}</code>
    </Link>
  );
}

const MOST = 600;

function valueText(value: unknown, keptAside: string): string {
  const isReference = typeof value === 'object' && value !== null && Object.keys(value).join() === 'sha256';
  if (isReference) return `${keptAside} (${String((value as { sha256: unknown }).sha256).slice(0, 12)})`;
  const text = visible(typeof value === 'string' ? value : JSON.stringify(value));
  return text.length > MOST ? `${text.slice(0, MOST)}…` : text;
}
