import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Disposition, Finding } from '../../shared/verdict.ts';
import { type ReadCodes, type Reading, readHead, readMail } from '../message/reading.ts';
import { type Compared, compareModels } from './compare-models.ts';
import { concludeWeighed, weigh } from './conclude.ts';
import { loadModel, type Model } from './model/model.ts';
import { observe } from './observe.ts';
import { withoutAuthentication } from './unauthenticated.ts';

/** One line of `reelback classify --json`. */
export interface Classified {
  file: string;
  disposition?: Disposition;
  score?: number;
  margin?: number;
  spam_score?: number;
  findings?: Finding[];
  attributes?: string[];
  coverage_missing?: string[];
  model?: string;
  /** Milliseconds for parsing and judging. */
  ms?: number;
  /** With --compare: what the other model says of the same mail. */
  compare?: Compared;
  error?: string;
}

/** Reads and judges one mail; an unreadable one has `error` and nothing else. */
export async function classifyFile(file: string, models: Models, look: Look = {}): Promise<Classified> {
  let raw: Uint8Array;
  try {
    raw = new Uint8Array(readFileSync(file));
  } catch (error) {
    return { file, error: reason(error) };
  }
  return classifyBytes(file, raw, models, look);
}

/** How closely one looks. */
export interface Look {
  /** Who reads codes in pictures; without, mails with such pictures say that nobody did. */
  readCodes?: ReadCodes | null;
  /** Why only the head is read: the whole mail broke this budget. */
  over?: 'time' | 'memory' | 'crash';
}

export interface Models {
  model: Model;
  compare: Model | null;
}

export async function classifyBytes(
  file: string,
  raw: Uint8Array,
  { model, compare }: Models,
  look: Look = {},
): Promise<Classified> {
  const started = performance.now();
  try {
    if (raw.length === 0) return { file, error: 'the file is empty' };
    const { message, unread } = await read(raw, look);
    if (message.headers.length === 0) return { file, error: 'no mail: there is no header field' };
    const seen = observe(message, withoutAuthentication(message), { now: message.date ?? new Date(0), unread });
    const weighed = weigh(seen, model);
    const verdict = concludeWeighed(weighed, {});
    const ms = performance.now() - started;
    return {
      file,
      disposition: verdict.disposition,
      score: verdict.score,
      margin: verdict.margin,
      spam_score: verdict.spamScore,
      findings: verdict.findings,
      attributes: verdict.attributes,
      coverage_missing: verdict.coverageMissing,
      model: verdict.model,
      ms: Math.round(ms * 1000) / 1000,
      ...(compare ? { compare: compareModels(seen, { weighed, verdict }, model, compare) } : {}),
    };
  } catch (error) {
    return { file, error: reason(error) };
  }
}

function read(raw: Uint8Array, look: Look): Promise<Reading> | Reading {
  if (look.over !== undefined) return readHead(raw, look.over);
  return readMail(raw, look.readCodes ?? null, () => performance.now());
}

function reason(error: unknown): string {
  const code = (error as { code?: unknown }).code;
  if (code === 'ENOENT') return 'no such file';
  if (code === 'EACCES') return 'no permission to read it';
  return error instanceof Error ? error.message : String(error);
}

/**
 * A shipped model by name (`default`, `permissive`), else the file of that path.
 * @throws RangeError when the file is no model; what the file system throws when there is none
 */
export function readModel(rootDir: string, name: string): Model {
  return loadModel(new Uint8Array(readFileSync(modelFile(rootDir, name))));
}

export function modelFile(rootDir: string, name: string): string {
  return /^[a-z][a-z0-9-]*$/.test(name) ? join(rootDir, 'server/analysis/models', `${name}.bin`) : name;
}
