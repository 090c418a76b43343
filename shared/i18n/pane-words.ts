import type { PsrReason } from '../retraction.ts';

/** What a message turned out to be, in the words of the person who reported it. */
export type Kind = 'phishing' | 'malware' | 'scam' | 'impostor' | 'spoof' | 'suspicious' | 'spam' | 'bulk' | 'none';

/** The sentences of which the server composes a pane. Plain words: the reader may just have been scared. */
export interface PaneWords {
  working: { title: string; lead: string; calm: string };
  verdict: Record<Kind, { title: string; lead: string }>;
  /** Reported as safe, judged otherwise. */
  safeReportContradicted: string;
  /** Thanks where nothing was found. */
  rightToAsk: string;
  simulation: { title: string; lead: string; noHarm: string; clicked: string };
  withdrawn: {
    title: string;
    nothingMoved: string;
    puttingBack: string;
    putBack: (copies: number) => string;
    analystLooks: string;
  };
  invalid: { title: string; lead: string; kept: string };
  /** A person of the security team looks at it, or has. */
  team: { looks: string; found: string; cleared: string; other: string };
  /** An analyst reversed what the verdict had led to. */
  putBack: { title: string; lead: string };
  progress: {
    planned: string;
    searching: (total: number) => string;
    running: (retracted: number, found: number, searched: number, total: number) => string;
    removed: (copies: number) => string;
    nobodyOpened: string;
    unopened: (copies: number) => string;
    nothingLeft: string;
    gone: (copies: number) => string;
    failed: (copies: number) => string;
    lookAgain: string;
    cancelled: string;
    /** Nobody confirmed it in time. */
    expired: string;
    removedBefore: (copies: number) => string;
    restoring: string;
    restored: (copies: number) => string;
  };
  /** Why a person looks before anything moves. */
  hold: Partial<Record<PsrReason, string>> & { other: string };
  preview: string;
  /** Why nothing moves. */
  none: Partial<Record<PsrReason, string>> & { other: string };
  partialOriginal: string;
  someChecksMissing: string;
  steps: {
    doNotTouch: string;
    tellIfExposed: string;
    deleteYourself: string;
    leaveIt: string;
    spam: string;
    bulk: string;
    whenInvalid: string;
  };
}
