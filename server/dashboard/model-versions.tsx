/** Versions of the model, newest first, each with how it was measured. */
import type { ModelVersion, ModelView } from '../../shared/model.ts';
import { Chip, type Tone } from './chips.tsx';
import { useWords } from './context.ts';
import { When } from './when.tsx';

const TONE: Record<ModelVersion['state'], Tone> = { proposed: 'info', promoted: 'quiet', rejected: 'quiet' };

interface VersionsProps {
  view: ModelView;
  busy: boolean;
  onPromote: (version: number) => void;
}

export function ModelVersions({ view, busy, onPromote }: VersionsProps) {
  const { versions: say } = useWords().model;
  return (
    <section class="card setting" aria-labelledby="versions">
      <h2 id="versions">{say.title}</h2>
      {view.versions.length === 0 && <p class="quiet">{say.none}</p>}
      <ol class="versions">
        {view.versions.map((version) => (
          <li key={version.version}>
            <Version version={version} judges={version.version === view.version} busy={busy} onPromote={onPromote} />
          </li>
        ))}
      </ol>
    </section>
  );
}

function Version({
  version,
  judges,
  busy,
  onPromote,
}: Omit<VersionsProps, 'view'> & { version: ModelVersion; judges: boolean }) {
  const { versions: say } = useWords().model;
  const { kinds } = version.samples;
  const { objections } = version.evaluation;
  return (
    <>
      <div class="version-head">
        <h3>{version.name}</h3>
        {judges ? (
          <Chip tone="ok" text={say.judges} />
        ) : (
          <Chip tone={TONE[version.state]} text={say.state[version.state]} />
        )}
      </div>
      <p class="quiet">
        <When at={version.trained_at} />, {say.learnt(kinds.team + kinds.confirmed + kinds.report)}
      </p>
      {!version.fits && <p>{say.otherBase}</p>}
      {objections.length > 0 && (
        <ul>
          {objections.map((objection) => (
            <li key={objection}>{say.why[objection]}</li>
          ))}
        </ul>
      )}
      <Figures evaluation={version.evaluation} label={`${say.figures}: ${version.name}`} />
      {!judges && version.fits && version.state !== 'rejected' && (
        <div class="save">
          <button type="button" class="primary" disabled={busy} onClick={() => onPromote(version.version)}>
            {say.promote}
          </button>
        </div>
      )}
    </>
  );
}

function Figures({ evaluation, label }: { evaluation: ModelVersion['evaluation']; label: string }) {
  const { versions: say } = useWords().model;
  const { labels, validation } = evaluation;
  const rows = [
    [say.rows.labelPhish, labels, 'caught', 'phish'],
    [say.rows.labelFlagged, labels, 'flagged', 'legitimate'],
    [say.rows.phish, validation, 'caught', 'phish'],
    [say.rows.flagged, validation, 'flagged', 'legitimate'],
  ] as const;
  return (
    <table class="figures" aria-label={label}>
      <thead>
        <tr>
          <th scope="col">{say.columns.mail}</th>
          <th scope="col">{say.columns.now}</th>
          <th scope="col">{say.columns.version}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(([name, { current, candidate }, part, whole]) => (
          <tr key={name}>
            <th scope="row">{name}</th>
            <td>{say.of(current[part], current[whole])}</td>
            <td>{say.of(candidate[part], candidate[whole])}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
