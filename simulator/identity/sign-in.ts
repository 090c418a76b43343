/**
 * Signing in to a web application: the authorize page with a person chooser instead of passwords, and the
 * authorization-code grant with PKCE (RFC 6749 section 4.1, RFC 7636).
 */
import { createHash, randomBytes } from 'node:crypto';
import type { Person } from '../tenant/person.ts';
import { type Answer, json } from '../wire.ts';
import type { AppRegistration } from './app.ts';
import { chooserPage } from './chooser-page.ts';
import type { TokenForgery } from './forgery.ts';
import { webIdToken } from './user-token.ts';

/** The web application of the app registration: where it may be led back to, and who has which of its roles. */
export interface SignInSetting {
  /** Exact, as registered. */
  redirectUris: string[];
  /** Address to app roles, in the order of the chooser; [] for somebody who may come in and do nothing. */
  people: Map<string, string[]>;
  /** Makes the next ID tokens bad ones. */
  forgery: TokenForgery | null;
}

export interface SignInWorld {
  app: AppRegistration;
  setting: SignInSetting;
  issuer: string;
  tenantId: string;
  companyName: string;
  person: (address: string) => Person | undefined;
  now: () => number;
}

interface Code {
  address: string;
  nonce: string | null;
  challenge: string | null;
  redirectUri: string;
  at: number;
}

const CODE_MS = 600_000;

export interface SignInDesk {
  /** @param query of the authorize request; `login_as` once a person has been chosen, `login_cancel` when nobody was */
  authorize(query: URLSearchParams): Answer;
  /** @returns null when the code, the verifier or the address it was for is wrong */
  redeem(form: URLSearchParams): Answer | null;
}

export function createSignIn({ app, setting, issuer, tenantId, companyName, person, now }: SignInWorld): SignInDesk {
  const codes = new Map<string, Code>();

  function authorize(query: URLSearchParams): Answer {
    const redirectUri = query.get('redirect_uri') ?? '';
    // Whoever is no registered application is told so here, and led nowhere.
    if (query.get('client_id') !== app.clientId)
      return plain(400, 'AADSTS700016: the application was not found in the directory');
    if (!setting.redirectUris.includes(redirectUri))
      return plain(400, 'AADSTS50011: the redirect URI does not match the ones configured for the application');
    const back = (answer: Record<string, string>) => {
      const url = new URL(redirectUri);
      for (const [name, value] of Object.entries(answer)) url.searchParams.set(name, value);
      if (query.has('state')) url.searchParams.set('state', query.get('state')!);
      return { status: 302, headers: { location: url.href } };
    };
    if (query.get('response_type') !== 'code' || !query.get('scope')?.split(' ').includes('openid'))
      return back({ error: 'unsupported_response_type' });
    if (query.has('code_challenge') && query.get('code_challenge_method') !== 'S256')
      return back({ error: 'invalid_request', error_description: 'S256 only' });
    if (query.has('login_cancel')) return back({ error: 'access_denied', error_description: 'the person cancelled' });
    const address = query.get('login_as')?.toLowerCase();
    if (address === undefined || !setting.people.has(address)) return chooser(query);
    const code = randomBytes(24).toString('base64url');
    codes.set(code, {
      address,
      nonce: query.get('nonce'),
      challenge: query.get('code_challenge'),
      redirectUri,
      at: now(),
    });
    return back({ code });
  }

  function chooser(query: URLSearchParams): Answer {
    const people = [...setting.people].map(([address, roles]) => ({
      address,
      name: person(address)?.displayName ?? address,
      roles,
      href: `?${new URLSearchParams([...query, ['login_as', address]])}`,
    }));
    const cancel = `?${new URLSearchParams([...query, ['login_cancel', '1']])}`;
    const headers = { 'content-type': 'text/html; charset=utf-8' };
    return { status: 200, headers, bytes: Buffer.from(chooserPage(companyName, people, cancel)) };
  }

  function redeem(form: URLSearchParams): Answer | null {
    const given = form.get('code') ?? '';
    const code = codes.get(given);
    // RFC 6749 section 4.1.2: a code is used once.
    codes.delete(given);
    if (!code || now() - code.at > CODE_MS || form.get('redirect_uri') !== code.redirectUri) return null;
    const verifier = form.get('code_verifier') ?? '';
    if (code.challenge !== null && createHash('sha256').update(verifier).digest('base64url') !== code.challenge)
      return null;
    const who = person(code.address);
    if (!who) return null;
    const token = { issuer, tenantId, audience: app.clientId, clientId: app.clientId, now: now() };
    const roles = setting.people.get(code.address) ?? [];
    const idToken = webIdToken(who, token, { nonce: code.nonce, roles }, setting.forgery ?? {});
    return json(200, {
      token_type: 'Bearer',
      scope: 'openid profile email',
      expires_in: 3599,
      access_token: randomBytes(24).toString('base64url'),
      id_token: idToken,
    });
  }

  return { authorize, redeem };
}

const plain = (status: number, text: string): Answer => ({
  status,
  headers: { 'content-type': 'text/plain; charset=utf-8' },
  bytes: Buffer.from(text),
});
