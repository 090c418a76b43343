import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { analyse, loadModel, type Model } from '../../server/analysis/analyse.ts';
import { withoutAuthentication } from '../../server/analysis/unauthenticated.ts';
import type { AnalysisWorld } from '../../server/analysis/world.ts';
import type { Authentication } from '../../server/message/authentication-state.ts';
import type { Message } from '../../server/message/message.ts';
import { parseMessage } from '../../server/message/parse.ts';
import type { Verdict } from '../../shared/verdict.ts';

/** A mail of our own, short to write: header fields and a body. */
export interface Draft {
  from?: string;
  to?: string;
  subject?: string;
  headers?: Record<string, string>;
  text?: string;
  html?: string;
}

export function compose(draft: Draft): Uint8Array {
  const fields: Record<string, string> = {
    Received: 'from mail.example.net (mail.example.net [192.0.2.7]) by mx.example.org; Tue, 04 Mar 2025 10:00:00 +0000',
    'Message-ID': '<m1@example.net>',
    Date: 'Tue, 04 Mar 2025 10:00:00 +0000',
    From: draft.from ?? 'Ben <ben@example.net>',
    To: draft.to ?? 'ana@example.org',
    Subject: draft.subject ?? 'Hello',
    'MIME-Version': '1.0',
    'Content-Type': draft.html === undefined ? 'text/plain; charset=utf-8' : 'text/html; charset=utf-8',
    ...draft.headers,
  };
  const head = Object.entries(fields).map(([name, value]) => `${name}: ${value}\r\n`);
  return new TextEncoder().encode(`${head.join('')}\r\n${draft.html ?? draft.text ?? 'Hello.'}\r\n`);
}

export async function mail(draft: Draft): Promise<Message> {
  return parseMessage(compose(draft));
}

let shipped: Model | null = null;
/** The model in the repository. */
export function shippedModel(): Model {
  shipped ??= loadModel(new Uint8Array(readFileSync(join(__dirname, '../../server/analysis/models/default.bin'))));
  return shipped;
}

export function worldOf(extra: Partial<AnalysisWorld> = {}): AnalysisWorld {
  return { model: shippedModel(), now: new Date('2025-03-04T10:00:05Z'), ...extra };
}

export function authentic(extra: Partial<Authentication> = {}): Authentication {
  return { ...withoutAuthentication({ received: [] }), source: 'trusted_header', missing: [], ...extra };
}

export async function verdictOf(
  draft: Draft,
  extra: Partial<AnalysisWorld> = {},
  authentication: Partial<Authentication> = {},
): Promise<Verdict> {
  return analyse(await mail(draft), authentic(authentication), worldOf(extra));
}

export async function findingsOf(
  draft: Draft,
  extra: Partial<AnalysisWorld> = {},
  authentication: Partial<Authentication> = {},
) {
  return (await verdictOf(draft, extra, authentication)).findings.map(({ id }) => id);
}
