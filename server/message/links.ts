/** The links of a message: in order, each pair of address and shown text once, at most 2,000. */
import { targetOf } from './link-targets.ts';
import type { Link } from './message.ts';
import { readTextLinks } from './text-links.ts';

export const MAX_LINKS = 2_000;
/** Candidates looked at, duplicates included. */
const MAX_CANDIDATES = 20_000;

export class LinkList {
  readonly links: Link[] = [];
  private readonly seen = new Set<string>();
  private candidates = 0;

  add(url: string, text: string, source: Link['source'], visible: boolean): void {
    if (this.links.length >= MAX_LINKS || this.candidates++ >= MAX_CANDIDATES) return;
    const trimmed = url.trim();
    if (trimmed === '' || trimmed.startsWith('#')) return;
    const key = `${trimmed}\0${text}\0${source === 'text' ? '' : source}`;
    if (this.seen.has(key)) return;
    this.seen.add(key);
    const { target, host } = targetOf(trimmed);
    this.links.push({ url: trimmed, target, host, text, source, visible });
  }

  addTextLinks(text: string, source: Link['source'], visible: boolean): void {
    if (text === '') return;
    for (const url of readTextLinks(text, MAX_LINKS)) this.add(url, url, source, visible);
  }
}
