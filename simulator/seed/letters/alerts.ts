/** Notices of services the company uses: sign-ins, reviews, releases. All of it is good. */
import { department } from '../audience.ts';
import type { Brand } from '../letter.ts';
import type { ServiceRow } from './transactions.ts';

const brand = (name: string, colour: string, footer: string): Brand => ({ name, colour, footer });
const forge = brand(
  'GitForge',
  '#24292f',
  'You receive this e-mail because of activity on your GitForge account. [Settings](https://gitforge.example/settings/notifications)',
);
const cloud = brand('Lumen Cloud', '#4338ca', 'Lumen Cloud Ltd. You cannot opt out of security notices.');

export const alertRows: readonly ServiceRow[] = [
  [
    'calibration-portal',
    'Calibration Portal <service@calibration-portal.example>',
    [...department('Production'), 'rosa.delgado', 'hannah.price', 'katrin.adler', 'dirk.neumann'],
    71,
    brand(
      'Calibration Portal',
      '#2f5d50',
      'Calibration Portal · [Contact](https://calibration-portal.example/contact)',
    ),
    'Calibration Portal: release 4.1 on Thursday evening',
    [
      'Dear customers,',
      'On Thursday between 18:00 and 20:00 UTC we roll out release 4.1. Certificates stay readable, uploads pause for about ten minutes.',
      'New: export of measurement uncertainty as CSV, and a search that finds serial numbers with dashes.',
      '[Release notes](https://calibration-portal.example/releases/4.1)',
    ],
  ],
  [
    'forge-signin',
    'GitForge <noreply@gitforge.example>',
    ['liam.doherty'],
    11,
    forge,
    'New sign-in to your account from Firefox on Linux',
    [
      { heading: 'New sign-in' },
      'We noticed a new sign-in to your account **ldoherty**.',
      {
        rows: [
          ['When', 'Today'],
          ['Device', 'Firefox on Linux'],
          ['Place', 'Bristol, United Kingdom'],
        ],
      },
      'If this was you, there is nothing to do. If not, [review your sessions](https://gitforge.example/settings/sessions) and change your password.',
    ],
  ],
  [
    'forge-token',
    'GitForge <noreply@gitforge.example>',
    ['yusuf.kaya'],
    83,
    forge,
    'A personal access token is about to expire',
    [
      'Hi yusufk,',
      'Your token **ci-readonly** expires in 7 days. If you still need it, [create a new one](https://gitforge.example/settings/tokens).',
    ],
  ],
  [
    'forge-pr',
    'GitForge <notifications@gitforge.example>',
    ['liam.doherty', 'mei.tanaka', 'yusuf.kaya'],
    6,
    forge,
    '[lindenhof/probe-firmware] Fix watchdog reset during flash erase (PR #482)',
    [
      '**meitanaka** requested your review on [#482](https://gitforge.example/lindenhof/probe-firmware/pull/482).',
      {
        quote:
          'The erase of the second bank takes up to 1.8 s. We pet the dog once before, which is not enough at -20 °C.',
      },
    ],
  ],
  [
    'forge-ci',
    'GitForge <notifications@gitforge.example>',
    ['mei.tanaka'],
    5.5,
    forge,
    '[lindenhof/probe-firmware] Run failed: hardware-in-the-loop (main)',
    [
      'hardware-in-the-loop: **1 failed**, 211 passed in 14 min.',
      '[View the run](https://gitforge.example/lindenhof/probe-firmware/actions/9912)',
    ],
  ],
  [
    'forge-security',
    'GitForge <noreply@gitforge.example>',
    ['victor.hale', 'noah.fielding', 'yusuf.kaya'],
    37,
    forge,
    '[lindenhof] Security alert: 2 dependencies with known vulnerabilities',
    [
      'We found vulnerable dependencies in **lindenhof/web-portal**.',
      {
        rows: [
          ['tar-stream', 'high'],
          ['xml-lite', 'moderate'],
        ],
      },
      { button: 'Review alerts', href: 'https://gitforge.example/lindenhof/web-portal/security' },
    ],
  ],
  [
    'cloud-signin',
    'Lumen Cloud Security <security@lumen-cloud.example>',
    ['sophie.ahrens', 'victor.hale'],
    60,
    cloud,
    'Security notice: new administrator added to Lindenhof',
    [
      { heading: 'A new administrator was added' },
      '**noah.fielding@example.org** was given the role Billing Viewer by victor.hale@example.org.',
      'If you did not expect this, sign in to the console and review the audit log.',
    ],
  ],
  [
    'cloud-invoice',
    'Lumen Cloud Billing <billing@lumen-cloud.example>',
    ['victor.hale', 'invoices'],
    98,
    cloud,
    'Your Lumen Cloud invoice for October is available',
    [
      'Your invoice **LC-2026-10-7741** over **€ 1,204.16** is available in the console. It will be charged to the card ending in 0417 on the 28th.',
      {
        rows: [
          ['Compute', '€ 811.20'],
          ['Storage', '€ 246.96'],
          ['Traffic', '€ 146.00'],
        ],
      },
    ],
  ],
  [
    'password-reset-real',
    'Lumen Cloud <no-reply@lumen-cloud.example>',
    ['chloe.bennett'],
    4.2,
    cloud,
    'Reset your Lumen Cloud password',
    [
      'Hello Chloe,',
      'Someone, hopefully you, asked to reset the password of your account. The link works for 30 minutes.',
      { button: 'Choose a new password', href: 'https://console.lumen-cloud.example/reset/6f1a20' },
      { small: 'If you did not ask for this, ignore this e-mail; your password stays as it is.' },
    ],
  ],
];
