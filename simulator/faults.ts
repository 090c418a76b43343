/** What goes wrong, when and for whom: rules that a test, the demo or a magic mailbox sets. */

export type RouteName =
  | 'token'
  | 'users'
  | 'user'
  | 'usersDelta'
  | 'groups'
  | 'group'
  | 'members'
  | 'memberOf'
  | 'trace'
  | 'batch'
  | 'find'
  | 'findInFolder'
  | 'messagesDelta'
  | 'message'
  | 'value'
  | 'move'
  | 'patch'
  | 'delete'
  | 'purge'
  | 'translate'
  | 'folders'
  | 'folder'
  | 'createFolder'
  | 'deleteFolder'
  // Google Workspace.
  | 'googleToken'
  | 'gmailBatch'
  | 'gmailList'
  | 'gmailGet'
  | 'gmailAttachment'
  | 'gmailModify'
  | 'gmailBatchModify'
  | 'gmailTrash'
  | 'gmailUntrash'
  | 'gmailDelete'
  | 'gmailLabels'
  | 'gmailLabel'
  | 'gmailCreateLabel'
  | 'gmailDeleteLabel'
  | 'gmailHistory'
  | 'gmailProfile'
  | 'gmailThread'
  | 'directoryUsers'
  | 'directoryUser'
  | 'directoryGroups'
  | 'directoryGroup'
  | 'directoryMembers'
  | 'directoryHasMember'
  | 'reportsActivities';

/**
 * One thing that goes wrong. `afterEffect`: the request is carried out first and only its answer is replaced.
 * `reset` and `silence` inside a $batch lose the answer of the whole batch.
 */
export type Fault =
  | { status: number; code?: string; message?: string; retryAfter?: number | 'date'; afterEffect?: boolean }
  | { lost: 'reset' | 'silence'; afterEffect?: boolean }
  /** Answered as usual, later. */
  | { delayMs: number }
  /** Finds show the mailbox as it was so long ago. */
  | { staleMs: number }
  /** The move succeeds and leaves a twin in the old folder, once an item. */
  | { duplicate: true }
  /** The owner purges the item just before the request arrives. */
  | { ownerDeletes: true };

export interface FaultRule {
  /** Address; absent: every mailbox, and requests without one. */
  mailbox?: string;
  route?: RouteName | readonly RouteName[];
  /** Requests that are let through first. */
  skip?: number;
  /** How many are hit; absent: all. */
  times?: number;
  /** 0..1, of the requests it could hit; absent: every one. */
  probability?: number;
  fault: Fault;
}

export interface ActiveFault {
  readonly rule: FaultRule;
  /** How many requests it has hit. */
  hits: number;
  remove(): void;
}

type Hook = { mailbox: string; route: RouteName; run: () => void };

/** Rules and one-time hooks; the first rule that applies is the one that hits. */
export class Faults {
  private readonly random: () => number;
  private readonly active = new Set<ActiveFault & { seen: number }>();
  private readonly hooks = new Set<Hook>();

  constructor(random: () => number = Math.random) {
    this.random = random;
  }

  add(rule: FaultRule): ActiveFault {
    const fault = { rule, hits: 0, seen: 0, remove: () => void this.active.delete(fault) };
    this.active.add(fault);
    return fault;
  }

  /** Runs once, right after the next request of this kind in this mailbox was carried out (its answer is made already). */
  after(mailbox: string, route: RouteName, run: () => void): void {
    this.hooks.add({ mailbox: mailbox.toLowerCase(), route, run });
  }

  clear(): void {
    this.active.clear();
    this.hooks.clear();
  }

  list(): ActiveFault[] {
    return [...this.active];
  }

  /** The fault that hits this request, counted; null when there is none. */
  take(route: RouteName, mailbox: string | null): Fault | null {
    if (this.active.size === 0) return null;
    for (const fault of this.active) {
      const { rule } = fault;
      if (rule.mailbox !== undefined && rule.mailbox.toLowerCase() !== mailbox) continue;
      if (rule.route !== undefined && ![rule.route].flat().includes(route)) continue;
      if (rule.times !== undefined && fault.hits >= rule.times) continue;
      fault.seen += 1;
      if (fault.seen <= (rule.skip ?? 0)) continue;
      if (rule.probability !== undefined && this.random() >= rule.probability) continue;
      fault.hits += 1;
      return rule.fault;
    }
    return null;
  }

  runHooks(route: RouteName, mailbox: string | null): void {
    if (this.hooks.size === 0) return;
    for (const hook of this.hooks) {
      if (hook.route !== route || hook.mailbox !== mailbox) continue;
      this.hooks.delete(hook);
      hook.run();
    }
  }
}
