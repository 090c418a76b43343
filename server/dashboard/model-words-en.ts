/** What the dashboard says about the model that judges, in English. */
import type { ModelEvaluation, ModelVersion, ModelView } from '../../shared/model.ts';

type Objection = ModelEvaluation['objections'][number];
type Outcome = NonNullable<NonNullable<ModelView['training']>['outcome']>;

const plural = (n: number, one: string, many: string) => `${n.toLocaleString('en')} ${n === 1 ? one : many}`;

export const modelEn = {
  model: {
    title: 'Model',
    judges: {
      title: 'Judges now',
      shipped: 'The shipped model alone.',
      taught: 'The shipped model, moved by at most 2 logits by what your team has taught it.',
      rests:
        'A version is chosen, but it was trained beside another shipped model: it rests until a new one is trained.',
      by: (name: string) => `chosen by ${name}`,
      itself: 'Reelback',
      back: 'Go back one version',
    },
    drift: {
      title: 'Something has changed',
      disposition: (verdict: string, before: string, now: string) =>
        `${verdict}: ${now} of the reported mail in the last seven days, ${before} in the four weeks before.`,
      margin: (before: string, now: string) =>
        `The mean margin of reported mail moved from ${before} to ${now} logits.`,
      disagreement: (now: string) => `People said otherwise than the model about ${now} of the mail they decided on.`,
      advice: 'While this lasts, no version is promoted by itself. Please look at what is reported.',
      quiet: 'No drift: the last seven days look like the four weeks before.',
    },
    queue: {
      title: 'What it could learn',
      lead: 'One sample a campaign. Reporters together never weigh more than half of what the team says.',
      kinds: {
        team: 'decided by the team',
        confirmed: 'reports that proved right or wrong',
        report: 'unsure, from reporters who are mostly right',
      },
      leftOut: (n: number) => `${plural(n, 'report', 'reports')} beyond what one reporter may teach`,
      fresh: (n: number, needed: number) =>
        `${plural(n, 'decision', 'decisions')} that no version has seen; ${needed} are needed.`,
      train: 'Train now',
      asked: 'A training waits to begin.',
      running: 'Training…',
      ended: {
        proposed: 'The last training made a better version.',
        promoted: 'The last training made a better version, and it judges.',
        rejected: 'The last training made no better version.',
        failed: 'The last training failed; the log says why.',
      } satisfies Record<Outcome, string> as Record<Outcome, string>,
    },
    setting: {
      title: 'When there is enough to learn',
      lead: 'A version is measured before it judges, and never judges when more legitimate mail would be flagged.',
      modes: {
        propose: ['Propose', 'Trained by itself; a person lets it judge.'],
        auto: ['Promote by itself', 'A version that is better judges at once, unless something has drifted.'],
        off: ['Only when asked', 'Trained when somebody presses the button.'],
      } as Record<ModelView['promotion'], [string, string]>,
    },
    versions: {
      title: 'Versions',
      none: 'None yet: the shipped model has not been taught anything here.',
      state: { proposed: 'Better, waits for you', promoted: 'Has judged', rejected: 'Not better' } as Record<
        ModelVersion['state'],
        string
      >,
      judges: 'Judges',
      promote: 'Let it judge',
      learnt: (n: number) => `learnt from ${plural(n, 'campaign', 'campaigns')}`,
      otherBase: 'Trained beside another shipped model.',
      figures: 'Figures',
      columns: { mail: 'Mail', now: 'What judged then', version: 'This version' },
      rows: {
        labelPhish: 'Your phish caught',
        labelFlagged: 'Your legitimate mail flagged',
        phish: 'Written phish caught',
        flagged: 'Written legitimate mail flagged',
      },
      of: (n: number, all: number) => `${n} of ${all}`,
      why: {
        too_few_labels: 'Too few decisions that it had not learnt from.',
        not_better: 'It is no surer of your decisions than what judged then.',
        more_errors: 'It is wrong about your decisions more often.',
        false_positives: 'It would flag more legitimate mail.',
        validation_fell: 'It would miss mail that the shipped model catches.',
        moves_everything: 'It moves mail that nobody said anything about.',
      } satisfies Record<Objection, string> as Record<Objection, string>,
    },
    notice: {
      drift: 'The mail that is reported, or what people say of it, is not what the model is used to.',
      waits: 'A better version of the model waits for you.',
    },
    refusal: {
      training_runs: 'A training is under way already.',
      model_not_better: 'This version was measured and is not better.',
      model_of_another_base: 'This version was trained beside another shipped model: train a new one.',
      model_judges_already: 'This version judges already.',
      model_is_shipped: 'The shipped model judges alone: there is nothing to go back from.',
    } as Record<string, string>,
    card: {
      title: 'The shipped model',
      lead: 'Share of phishing found at a fixed share of false alarms, on mail it had not seen. The model card has the rest.',
      slice: 'Mail',
      recall: 'Found',
    },
  },
};
