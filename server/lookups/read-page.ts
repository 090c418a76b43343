/** What a page shows and asks for, from its HTML alone: no script runs, nothing further is fetched. */
import { Parser } from 'htmlparser2';
import { SECRETS, type Secret } from '../../shared/lure-page.ts';

export interface PageReading {
  title: string;
  names: string[];
  secrets: Secret[];
  /** Absolute `action`s of forms that ask for a secret. */
  actions: string[];
  /** Where `<meta http-equiv=refresh>` leads within ten seconds; null for nowhere. */
  refresh: string | null;
}

const MAX_TEXT = 300;
const MAX_NAMES = 20;
/** A parser keeps open elements in a list, which costs the square of their number: 0.1 s at this one. */
const MAX_ELEMENTS = 20_000;

/** By name, id, autocomplete, label-like attributes of a field. `type=password` needs no word. */
const ASKS: readonly (readonly [Secret, RegExp])[] = [
  [
    'one_time_code',
    /one[-_ ]?time[-_ ]?(?:code|pass)|\botp\b|\b[2m]fa\b|sms[-_ ]?code|\btotp\b|(?:auth|verification|security)[-_ ]?code|\btan\b|pushtan|best(?:ae|ä)tigungscode/i,
  ],
  [
    'card',
    /\bcc-(?:number|csc|exp)|card[-_ ]?(?:number|num|no|holder)|cardnumber|\bcvv2?\b|\bcvc\b|ccnum|kartennummer|kreditkarte|num[eé]ro[-_ ]de[-_ ](?:carte|tarjeta)/i,
  ],
  [
    'recovery_phrase',
    /(?:seed|recovery|secret|mnemonic|backup)[-_ ]?(?:phrase|words?)|mnemonic|\b(?:12|24)[- ]words?\b|private[-_ ]?key/i,
  ],
  [
    'password',
    /pass(?:word|wd|wort|phrase)|\bpwd\b|kennwort|mot[-_ ]de[-_ ]passe|contrase(?:n|ñ)a|\bsenha\b|wachtwoord|has(?:l|ł)o|lozinka|\bheslo\b/i,
  ],
];

interface Form {
  action: string;
  secrets: Set<Secret>;
}

/** @param html decoded; broken HTML is read as far as it goes */
export function readPage(html: string, baseUrl: string): PageReading {
  const names: string[] = [];
  const forms: Form[] = [];
  const loose: Form = { action: '', secrets: new Set() };
  let title = '';
  let refresh: string | null = null;
  let base = baseUrl;
  let form: Form | null = null;
  let elements = 0;
  let pictured = false;
  /** Inside of what belongs to somebody else's sign-in ("Continue with …") or to no reader. */
  let buttons = 0;
  let collecting: 'title' | 'heading' | null = null;
  let words = '';

  const name = (text: string | undefined) => {
    const line = clean(text ?? '');
    if (line !== '' && names.length < MAX_NAMES && !names.includes(line)) names.push(line);
  };
  const parser = new Parser(
    {
      onopentag(tag, attributes) {
        if (++elements > MAX_ELEMENTS) return parser.pause();
        switch (tag) {
          case 'base':
            base = absolute(attributes.href ?? '', baseUrl) ?? base;
            break;
          case 'title':
          case 'h1':
            collecting = tag === 'h1' ? 'heading' : title === '' ? 'title' : null;
            words = '';
            break;
          case 'a':
          case 'button':
            buttons++;
            break;
          case 'meta':
            if (
              /^(?:og:site_name|application-name|apple-mobile-web-app-title)$/i.test(
                attributes.property ?? attributes.name ?? '',
              )
            )
              name(attributes.content);
            if (/^refresh$/i.test(attributes['http-equiv'] ?? ''))
              refresh ??= refreshOf(attributes.content ?? '', base);
            break;
          case 'img':
          case 'svg':
            // The first picture is the logo; further ones show means of payment, partners, and apps.
            if (buttons === 0 && !pictured) {
              const words = attributes.alt ?? attributes['aria-label'] ?? attributes.title;
              name(words);
              pictured = clean(words ?? '') !== '';
            }
            break;
          case 'form':
            form = { action: absolute(attributes.action ?? '', base) ?? '', secrets: new Set() };
            forms.push(form);
            break;
          case 'input':
          case 'textarea':
            for (const secret of asksFor(attributes)) (form ?? loose).secrets.add(secret);
            break;
        }
      },
      ontext(text) {
        if (collecting !== null && words.length < 2 * MAX_TEXT) words += text;
      },
      onclosetag(tag) {
        if (tag === 'a' || tag === 'button') buttons = Math.max(0, buttons - 1);
        if (tag === 'form') form = null;
        if (collecting !== null && (tag === 'title' || tag === 'h1')) {
          if (collecting === 'title') title = clean(words);
          else if (buttons === 0) name(words);
          collecting = null;
        }
      },
    },
    { decodeEntities: true, lowerCaseTags: true },
  );
  for (let at = 0; at < html.length && elements <= MAX_ELEMENTS; at += 65_536)
    parser.write(html.slice(at, at + 65_536));
  if (elements <= MAX_ELEMENTS) parser.end();

  const asking = [...forms, loose].filter(({ secrets }) => secrets.size > 0);
  const asked = new Set(asking.flatMap(({ secrets }) => [...secrets]));
  return {
    title,
    names,
    secrets: SECRETS.filter((secret) => asked.has(secret)),
    actions: asking.flatMap(({ action }) => (action === '' ? [] : [action])),
    refresh,
  };
}

function asksFor(attributes: Record<string, string>): Secret[] {
  const type = (attributes.type ?? 'text').toLowerCase();
  if (/^(?:hidden|submit|button|image|reset|checkbox|radio|range|color|file)$/.test(type)) return [];
  if (type === 'password') return ['password'];
  const said = ['name', 'id', 'autocomplete', 'placeholder', 'aria-label']
    .map((each) => (attributes[each] ?? '').slice(0, 200))
    .join(' ')
    .replace(/([a-z])([A-Z])/g, '$1 $2');
  const found = ASKS.find(([, pattern]) => pattern.test(said));
  return found ? [found[0]] : [];
}

function refreshOf(content: string, base: string): string | null {
  const [, seconds, target] =
    /^\s*(\d{1,6})(?:\.\d*)?\s*[;,]\s*(?:url\s*=\s*)?["']?([^"']{1,4000})/i.exec(content) ?? [];
  return target === undefined || Number(seconds) > 10 ? null : absolute(target.trim(), base);
}

function absolute(target: string, base: string): string | null {
  return target !== '' && URL.canParse(target, base) ? new URL(target, base).href : null;
}

function clean(text: string): string {
  return text
    .replace(/[\s\u0000-\u001f\u007f-\u009f]+/g, ' ')
    .trim()
    .slice(0, MAX_TEXT);
}
