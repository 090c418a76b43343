/** What is kept of a mail that was not detected: whom it came from and went to, where it leads, and no word of what it says. */
import type { Verdict } from '../../shared/verdict.ts';
import type { Weighed } from '../analysis/conclude.ts';
import { withoutPassages, wordless } from '../analysis/weigh-again.ts';
import { defang } from '../message/defang.ts';
import type { DescribedMessage } from '../message/described.ts';

/** Addresses of links may carry a token that opens something, and texts of links are content: hosts alone stay. */
export function withoutContent(described: DescribedMessage): DescribedMessage {
  const hosts = new Map(described.facts.links.filter(({ host }) => host !== '').map((link) => [link.host, link]));
  return {
    ...described,
    facts: {
      ...described.facts,
      links: [...hosts.values()].map(({ host, source }) => ({
        url: defang(`https://${host}/`),
        host,
        text: '',
        source,
      })),
    },
  };
}

/** A verdict and its evidence as they are stored: with passages only where the body is kept as well. */
export function storable(
  verdict: Verdict,
  evidence: Weighed,
  bodyKept: boolean,
): { verdict: Verdict; evidence: Weighed } {
  if (bodyKept) return { verdict, evidence };
  return { verdict: { ...verdict, findings: verdict.findings.map(wordless) }, evidence: withoutPassages(evidence) };
}
