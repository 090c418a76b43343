/** A look at what links show: one after the other, with few questions, and no more than the time that is given. */
import type { LookFailure, LurePage } from '../../shared/lure-page.ts';
import { type Got, type Guard, guardedGet } from './guarded-get.ts';
import { readPage } from './read-page.ts';
import { mayFollow, visitableUrl } from './visit-rules.ts';

export interface LookLimits {
  /** For one link, redirects included. */
  linkMs: number;
  maxBytes: number;
  maxRedirects: number;
  userAgent: string;
}

/** A page that only passes on by `<meta refresh>` is a redirect by another name. */
const MAX_REFRESHES = 2;

/** One page a link, in their order; at the same time, for they are few. */
export async function lookAtLures(links: readonly string[], guard: Guard, limits: LookLimits): Promise<LurePage[]> {
  return Promise.all(links.map((link) => lookAt(link, { mayFollow, ...guard }, limits)));
}

async function lookAt(link: string, guard: Guard, limits: LookLimits): Promise<LurePage> {
  const until = Date.now() + limits.linkMs;
  const visit = visitableUrl(link);
  if ('refused' in visit) return unseen(link, visit.refused);
  let url = visit.url;
  for (let refreshes = 0; ; refreshes++) {
    const got = await guardedGet(url, guard, {
      accept: 'text/html,application/xhtml+xml;q=0.9,*/*;q=0.1',
      userAgent: limits.userAgent,
      maxBytes: limits.maxBytes,
      maxRedirects: limits.maxRedirects,
      timeoutMs: Math.max(1, until - Date.now()),
    });
    if (!got.ok) return unseen(link, got.reason);
    const failure = failureOf(got);
    if (failure !== null) return unseen(link, failure);
    const page = readPage(textOf(got), got.url);
    if (page.refresh !== null && page.secrets.length === 0 && refreshes < MAX_REFRESHES && until > Date.now()) {
      const next = new URL(page.refresh);
      if (!mayFollow(next)) return unseen(link, 'blocked_redirect');
      url = next.href;
      continue;
    }
    return {
      url: link,
      finalUrl: got.url,
      failure: null,
      title: page.title,
      names: page.names,
      secrets: page.secrets,
      postsTo: foreignHosts(page.actions, got.url),
    };
  }
}

function unseen(url: string, failure: LookFailure): LurePage {
  return { url, finalUrl: null, failure, title: '', names: [], secrets: [], postsTo: [] };
}

/** Errors have pages, too, and kits like to answer 404 with a form: what counts is that it is HTML. */
function failureOf(got: Extract<Got, { ok: true }>): LookFailure | null {
  if (got.status === 401 || got.status === 407 || got.status === 429) return 'refused';
  const type = (got.headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
  const isHtml = type === 'text/html' || type === 'application/xhtml+xml';
  // Without a type a browser sniffs; so do we, a little.
  const looksLikeHtml =
    type === '' && /^\s*<(?:!doctype|html|head|body)/i.test(Buffer.from(got.body.subarray(0, 200)).toString('latin1'));
  if (!isHtml && !looksLikeHtml) return 'not_a_page';
  // "Save as", whatever the type says.
  return /^\s*attachment/i.test(got.headers['content-disposition'] ?? '') ? 'not_a_page' : null;
}

function textOf(got: Extract<Got, { ok: true }>): string {
  const head = Buffer.from(got.body.subarray(0, 1_024)).toString('latin1');
  const label =
    /charset\s*=\s*["']?([\w-]{2,40})/i.exec(got.headers['content-type'] ?? '')?.[1] ??
    /<meta[^>]+charset\s*=\s*["']?([\w-]{2,40})/i.exec(head)?.[1] ??
    'utf-8';
  try {
    return new TextDecoder(label).decode(got.body);
  } catch {
    return new TextDecoder().decode(got.body);
  }
}

function foreignHosts(actions: readonly string[], page: string): string[] {
  const own = new URL(page).hostname;
  const hosts = actions.flatMap((action) => {
    const { protocol, hostname } = new URL(action);
    return /^https?:$/.test(protocol) && hostname !== own ? [hostname] : [];
  });
  return [...new Set(hosts)].slice(0, 5);
}
