/** The model that judges: what it is, what it could learn, its versions, and the way back. */
import { useState } from 'preact/hooks';
import type { DriftSign, LearningSettings, ModelView } from '../../shared/model.ts';
import { ApiProblem, ask } from './api.ts';
import { useSurroundings, useWords } from './context.ts';
import { Title } from './frame.tsx';
import { useLive } from './live.ts';
import { ModelVersions } from './model-versions.tsx';
import { SettingCard } from './setting-card.tsx';
import { Loading, sentenceOf, Trouble } from './trouble.tsx';
import { When } from './when.tsx';

const EVERY_MS = 5_000;

export function ModelScreen() {
  const words = useWords();
  const { data, problem, reload } = useLive('model', () => ask<ModelView>('GET', '/model'), EVERY_MS);
  const [refused, setRefused] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);

  const act = async (path: string, body?: object) => {
    setBusy(true);
    setRefused(null);
    try {
      await ask('POST', `/model/${path}`, body);
    } catch (error) {
      const known = error instanceof ApiProblem ? words.model.refusal[error.code] : undefined;
      setRefused(known ?? (error instanceof ApiProblem ? sentenceOf(error, words) : words.trouble.failed));
    }
    setBusy(false);
    await reload();
  };

  return (
    <>
      <div class="screen-head">
        <Title text={words.model.title} />
      </div>
      <Trouble problem={problem} />
      <div role="alert">{refused && <p class="banner danger">{refused}</p>}</div>
      {data === null ? (
        !problem && <Loading />
      ) : (
        <div class="settings model">
          <Drift drift={data.drift} />
          <Judges view={data} busy={busy} onBack={() => act('rollback', {})} />
          <Queue view={data} busy={busy} onTrain={() => act('retrain', {})} />
          <SettingCard<LearningSettings> name="learning" {...words.model.setting}>
            {(learning, change) => <Promotion learning={learning} change={change} />}
          </SettingCard>
          <ModelVersions view={data} busy={busy} onPromote={(version) => act('promote', { version })} />
          <Card metrics={data.shipped.metrics} />
        </div>
      )}
    </>
  );
}

const percent = (share: number, language: string) =>
  new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: 1 }).format(share);
const logits = (margin: number, language: string) =>
  new Intl.NumberFormat(language, { maximumFractionDigits: 1 }).format(margin);

function Drift({ drift }: { drift: ModelView['drift'] }) {
  const { words, language } = useSurroundings();
  const { drift: say } = words.model;
  if (!drift) return null;
  if (!drift.alarm) return <p class="quiet">{say.quiet}</p>;
  const sentence = ({ what, disposition, before, now }: DriftSign) => {
    if (what === 'margin') return say.margin(logits(before ?? 0, language), logits(now, language));
    if (what === 'disagreement') return say.disagreement(percent(now, language));
    return say.disposition(
      words.disposition[disposition ?? 'NONE'],
      percent(before ?? 0, language),
      percent(now, language),
    );
  };
  return (
    <section class="banner warning" aria-labelledby="drift">
      <h2 id="drift">{say.title}</h2>
      <ul>
        {drift.signs.map((sign) => (
          <li key={`${sign.what} ${sign.disposition ?? ''}`}>{sentence(sign)}</li>
        ))}
      </ul>
      <p>{say.advice}</p>
    </section>
  );
}

function Judges({ view, busy, onBack }: { view: ModelView; busy: boolean; onBack: () => void }) {
  const { judges } = useWords().model;
  return (
    <section class="card setting" aria-labelledby="judges">
      <h2 id="judges">{judges.title}</h2>
      <p>
        <strong>{view.name}</strong>
        {view.since && (
          <span class="quiet">
            {' '}
            · <When at={view.since} />
            {view.by && `, ${judges.by(view.by === 'reelback' ? judges.itself : view.by)}`}
          </span>
        )}
      </p>
      <p class="quiet">{view.rests ? judges.rests : view.version === null ? judges.shipped : judges.taught}</p>
      {(view.version !== null || view.rests) && (
        <div class="save">
          <button type="button" disabled={busy} onClick={onBack}>
            {judges.back}
          </button>
        </div>
      )}
    </section>
  );
}

function Queue({ view, busy, onTrain }: { view: ModelView; busy: boolean; onTrain: () => void }) {
  const { queue } = useWords().model;
  const { samples, new_labels: fresh, needed } = view.queue;
  const { training } = view;
  const under = training !== null && training.state !== 'ended';
  return (
    <section class="card setting" aria-labelledby="queue">
      <h2 id="queue">{queue.title}</h2>
      <p class="quiet">{queue.lead}</p>
      <dl class="tally">
        {(['team', 'confirmed', 'report'] as const).map((kind) => (
          <div key={kind}>
            <dt>{queue.kinds[kind]}</dt>
            <dd>{samples.kinds[kind]}</dd>
          </div>
        ))}
      </dl>
      {samples.left_out > 0 && <p class="quiet">{queue.leftOut(samples.left_out)}</p>}
      <p>{queue.fresh(fresh, needed)}</p>
      <div class="save">
        <button type="button" disabled={busy || under} onClick={onTrain}>
          {queue.train}
        </button>
        <span role="status" class="quiet">
          {under
            ? training.state === 'asked'
              ? queue.asked
              : queue.running
            : training?.outcome && queue.ended[training.outcome]}
        </span>
      </div>
    </section>
  );
}

function Promotion({ learning, change }: { learning: LearningSettings; change: (next: LearningSettings) => void }) {
  const { setting } = useWords().model;
  return (
    <fieldset class="modes">
      <legend class="unseen">{setting.title}</legend>
      {(['propose', 'auto', 'off'] as const).map((promotion) => (
        <label key={promotion} class="mode">
          <input
            type="radio"
            name="promotion"
            checked={learning.promotion === promotion}
            onChange={() => change({ promotion })}
          />
          <span>
            <strong>{setting.modes[promotion][0]}</strong>
            <span class="quiet">{setting.modes[promotion][1]}</span>
          </span>
        </label>
      ))}
    </fieldset>
  );
}

function Card({ metrics }: { metrics: ModelView['shipped']['metrics'] }) {
  const { words, language } = useSurroundings();
  const { card } = words.model;
  const rows = Object.entries(metrics);
  if (rows.length === 0) return null;
  return (
    <section class="card setting" aria-labelledby="model-card">
      <h2 id="model-card">{card.title}</h2>
      <p class="quiet">{card.lead}</p>
      <table class="figures">
        <thead>
          <tr>
            <th scope="col">{card.slice}</th>
            <th scope="col">{card.recall}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(([slice, recall]) => (
            <tr key={slice}>
              <th scope="row">{slice}</th>
              <td>{percent(recall, language)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
