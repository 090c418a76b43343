/** The model room of the doors' tests: one version that was better, one that was not, and a way back. */
import type { Models } from '../../server/learning/face.ts';
import { PermanentError } from '../../shared/errors.ts';
import type { ModelVersion, ModelView } from '../../shared/model.ts';

const figures = { phish: 100, caught: 96, legitimate: 300, flagged: 3, malicious: 0, loss: 0.12 };
const samples = {
  kinds: { team: 14, confirmed: 3, report: 0 },
  labels: { malicious: 5, spam: 2, benign: 10 },
  weight: { team: 13.5, reporters: 0.8 },
  left_out: 1,
  missing: 0,
};
const version = (number: number, state: ModelVersion['state'], objections: string[]): ModelVersion => ({
  version: number,
  name: `default-3+local-${number}`,
  state,
  fits: true,
  trained_at: '2026-08-01T09:00:00.000Z',
  requested_by: 'reelback',
  samples,
  evaluation: {
    validation: { base: figures, current: figures, candidate: figures, shift: { phish: 0.01, legitimate: -0.02 } },
    labels: {
      current: { ...figures, phish: 5, caught: 3, legitimate: 9, flagged: 4, loss: 0.7 },
      candidate: { ...figures, phish: 5, caught: 5, legitimate: 9, flagged: 1, loss: 0.4 },
    },
    objections: objections as ModelVersion['evaluation']['objections'],
  },
});

export class ModelsInMemory implements Models {
  state: ModelView = {
    name: 'default-3',
    version: null,
    since: null,
    by: null,
    rests: false,
    shipped: { name: 'default-3', trained: { 'malicious: written': 900 }, metrics: { 'all mail': 0.93 } },
    promotion: 'propose',
    queue: { samples, new_labels: 4, needed: 10 },
    training: null,
    drift: null,
    versions: [version(2, 'proposed', []), version(1, 'rejected', ['not_better', 'false_positives'])],
  };

  async view() {
    return this.state;
  }
  async retrain(actor: string) {
    if (this.state.training?.state === 'asked') throw new PermanentError('training_runs');
    this.state.training = {
      state: 'asked',
      requested_at: '2026-08-02T09:00:00.000Z',
      requested_by: actor,
      ended_at: null,
      outcome: null,
    };
    return this.state;
  }
  async promote(wanted: number, actor: string) {
    const found = this.state.versions.find((one) => one.version === wanted);
    if (!found) return null;
    if (found.state === 'rejected') throw new PermanentError('model_not_better');
    found.state = 'promoted';
    return this.#change(wanted, actor);
  }
  async rollBack(actor: string) {
    if (this.state.version === null) throw new PermanentError('model_is_shipped');
    return this.#change(null, actor);
  }

  #change(to: number | null, actor: string) {
    const name = to === null ? 'default-3' : `default-3+local-${to}`;
    this.state = { ...this.state, name, version: to, since: '2026-08-02T09:30:00.000Z', by: actor };
    return this.state;
  }
}
