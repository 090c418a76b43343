/** What the dashboard says about webhooks, exports, privacy, branding and the first hour, in English. */
import type { SetupStep } from '../../shared/setup.ts';
import type { WebhookFormat } from '../../shared/webhook.ts';

const plural = (n: number, one: string, many: string) => `${n.toLocaleString('en')} ${n === 1 ? one : many}`;

interface StepWords {
  title: string;
  todo: string;
  ready: (count: number) => string;
  /** Where it is done: a card of the settings, a screen, or nowhere here. */
  place: string | null;
}

export const outletsEn = {
  webhooks: {
    title: 'Webhooks',
    lead: 'Other programs are told of detections and of what was moved: signed, tried again for a day, with the field names of Cloudflare’s logs.',
    empty: 'Nobody is told yet.',
    formats: {
      json: 'JSON (SIEM)',
      slack: 'Slack',
      teams: 'Microsoft Teams (workflow)',
      splunk: 'Splunk (HTTP Event Collector)',
    } as Record<WebhookFormat, string>,
    places: {
      json: 'https://siem.example.com/ingest',
      slack: 'https://hooks.slack.com/services/…',
      teams: 'https://….logic.azure.com/workflows/…',
      splunk: 'https://splunk.example.com:8088/services/collector',
    } as Record<WebhookFormat, string>,
    events: { alerts: 'detections', post_delivery: 'moves' },
    addTitle: 'Add a target',
    format: 'What it reads',
    name: 'Name (optional)',
    url: 'Address',
    token: 'Token of the collector',
    verdicts: 'Detections of these verdicts',
    noisy: 'Spam and bulk mail make many alerts: most teams stop reading them.',
    chatOnly: 'A chat is told of detections only.',
    moves: 'Every move and every report too, one line a mailbox',
    add: 'Add',
    test: 'Test',
    rotate: 'New key',
    turnOff: 'Switch off',
    turnOn: 'Switch on',
    remove: (name: string) => `Remove ${name}`,
    removeText: 'What still waits for it is not sent.',
    removeIt: 'Remove',
    secretOnce: (name: string) =>
      `The key that ${name} checks signatures with. It is shown this once; a new one can be made at any time.`,
    secretKept: 'I have kept it',
    tested: 'The target took the test.',
    testFailed: (why: string) => `The target did not take the test. ${why}`,
    off: 'Switched off.',
    never: 'Nothing was sent yet.',
    works: 'Works; last',
    failing: (why: string) => `${why} Failing since`,
    waiting: (n: number) => `${plural(n, 'line waits', 'lines wait')} and will be tried again.`,
    givenUp: (n: number) => `${plural(n, 'line was', 'lines were')} given up after a day, in the last seven days.`,
    answered: (status: string) => `It answered ${status}.`,
    errors: {
      not_https: 'The address does not begin with https://.',
      blocked_host: 'The address is one of your own network. REELBACK_WEBHOOK_PRIVATE=1 allows that.',
      blocked_address: 'The name leads into your own network. REELBACK_WEBHOOK_PRIVATE=1 allows that.',
      unresolved: 'The name is not known.',
      unreachable: 'It cannot be reached.',
      tls: 'Its certificate does not hold.',
      timeout: 'It did not answer within ten seconds.',
      bad_answer: 'What it answered is no HTTP.',
    } as Record<string, string>,
  },
  exports: {
    title: 'Log exports',
    lead: 'JSON lines of the last 30 days, with the field names of Cloudflare’s logs. Scripts ask for any span: /api/v1/exports/alerts?start=…&end=…',
    alerts: 'Detections',
    postDelivery: 'Moves, releases and reports',
    analystsOnly: 'They hold subjects and addresses, so analysts export them.',
    bundle: 'Evidence (zip)',
  },
  privacy: {
    title: 'Retention and privacy',
    lead: 'What is older is deleted every hour. The audit log stays: it names people by pseudonyms only.',
    clean: 'Delete the body of a mail once nothing was found in it',
    cleanHours: 'Hours after the verdict',
    days: {
      body_days: 'Bodies, in days',
      metadata_days: 'Undetected mail, in days',
      detection_days: 'Reports and detections, in days',
    },
    bodyShorter: 'A body is deleted with its report at the latest.',
    who: {
      title: 'Who sees what',
      lines: [
        'Reporters see their own reports, never those of others.',
        'Viewers and administrators see figures and states; subjects, addresses and names are masked, content is not shown.',
        'Analysts see the mail that was reported or detected; reading its source is written into the audit log.',
      ],
    },
  },
  branding: {
    title: 'How the panes look',
    lead: 'People trust an answer that looks like yours. Plain text; links only to hosts of your own domains.',
    organisation: 'Name of the organisation',
    colour: 'Colour of the bar',
    sample: 'Example',
    tooLight: 'White letters cannot be read on this colour: choose a darker one.',
    logo: 'Logo (PNG, JPEG or WebP, 50 KB at most)',
    logoThere: 'There is one.',
    removeLogo: 'Remove the logo',
    logoTooLarge: 'The picture is larger than 50 KB.',
    languages: { en: 'In English', de: 'In German' },
    texts: { thanks: 'A sentence under a dangerous verdict', contact: 'Whom to ask, at the end' },
    gmail: 'Gmail shows the name and the texts; colours and logos of its panel are Google’s.',
  },
  setup: {
    title: 'The first hour',
    lead: (done: number, all: number) => `${done} of ${all} steps are done.`,
    done: 'done',
    open: 'to do',
    go: 'Do it',
    steps: {
      mailboxes: {
        title: 'Connect the mailboxes',
        todo: 'No mailbox is known yet. “reelback doctor” says what is missing.',
        ready: (n) => `${plural(n, 'mailbox is', 'mailboxes are')} known.`,
        place: null,
      },
      report: {
        title: 'Report a mail',
        todo: 'Press Report phishing in Outlook or Gmail once and watch it arrive.',
        ready: () => 'Reports arrive.',
        place: '/',
      },
      sign_in: {
        title: 'Let people sign in',
        todo: 'Everybody shares the admin token. Connect Entra ID, Google or another provider (docs/admin.md).',
        ready: () => 'People sign in with their own account.',
        place: null,
      },
      names: {
        title: 'Name those whom impostors pretend to be',
        todo: 'Management, finance, IT: by hand or as a CSV.',
        ready: (n) => `${plural(n, 'name is', 'names are')} protected.`,
        place: '#impersonation_registry',
      },
      watch: {
        title: 'See mail as it is delivered',
        todo: 'Choose mailboxes to watch: search and post-delivery response rest on it.',
        ready: () => 'Delivered mail is seen.',
        place: '#watch',
      },
      told: {
        title: 'Have somebody told',
        todo: 'A webhook to a chat or a SIEM, or answers by mail.',
        ready: () => 'Others are told.',
        place: '#webhooks',
      },
      psr: {
        title: 'Switch PSR from preview to on',
        todo: 'When the preview has shown for a while what would have been moved.',
        ready: () => 'Copies are taken back.',
        place: '#psr',
      },
    } as Record<SetupStep, StepWords>,
  },
  guardMore: {
    expires: 'Without a decision it is cancelled',
    hold: 'Hours a retraction waits for a person before it is cancelled',
    canary: 'Mailbox that goes first (optional)',
    canaryHint: 'A failure there makes the rest wait for a person.',
    restores: 'Pause everything after so many retractions were put back within a day (empty: never)',
  },
};
