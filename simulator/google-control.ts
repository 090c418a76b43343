/** The Workspace side of the control plane: `/control/google-…`. */
import type { RouteName } from './faults.ts';
import type { TokenForgery } from './identity/forgery.ts';
import type { Simulator } from './simulator.ts';
import type { GmailDelivery } from './workspace/mailbox.ts';
import type { WorkspaceUserOptions } from './workspace/workspace.ts';

type Fields = Record<string, unknown>;

export function googleReads({ google }: Simulator): Record<string, (query: URLSearchParams) => unknown> {
  return {
    'google-settings': () => google.settings,
    /** `?address=` one mailbox only; `?messageId=` copies of one mail only, and only mailboxes that have one. */
    'google-state': (query) => {
      const address = query.get('address')?.toLowerCase();
      const messageId = query.get('messageId');
      const mailboxes = [...google.workspace.allMailboxes()].flatMap((mailbox) => {
        if (address !== undefined && mailbox.address !== address) return [];
        const copies = google
          .copies(mailbox.address)
          .filter((copy) => messageId === null || copy.internetMessageId === messageId);
        if (messageId !== null && copies.length === 0) return [];
        return [
          { address: mailbox.address, displayName: google.workspace.user(mailbox.address)?.fullName ?? '', copies },
        ];
      });
      return { domain: google.domain, mailboxes };
    },
  };
}

export function googleWrites({ google }: Simulator): Record<string, (body: Fields) => unknown> {
  return {
    'google-mailboxes': (body) => {
      if (typeof body.count === 'number') google.addMailboxes(body.count, body.domain as string | undefined);
      else google.addMailbox(text(body, 'address'), body as WorkspaceUserOptions);
    },
    'google-groups': (body) =>
      google.addGroup(text(body, 'address'), body.members as string[], body.name as string | undefined),
    'google-deliver': (body) => {
      const eml = typeof body.eml === 'string' ? Buffer.from(body.eml, 'base64') : Buffer.from(text(body, 'text'));
      const addresses = Array.isArray(body.addresses) ? body.addresses.map(String) : [text(body, 'address')];
      return { ids: addresses.map((address) => google.deliver(address, eml, body as GmailDelivery)) };
    },
    'google-owner': (body) => {
      const [address, which] = [text(body, 'address'), text(body, 'which')];
      const timing = { after: body.after as RouteName | undefined };
      if (body.action === 'reads') google.userReads(address, which, body.isRead !== false, timing);
      else if (body.action === 'labels') google.userLabels(address, which, body, timing);
      else if (body.action === 'archives') google.userArchives(address, which, timing);
      else if (body.action === 'deletes') google.userDeletes(address, which, timing);
      else if (body.action === 'spam') google.userMarksSpam(address, which, timing);
      else if (body.action === 'removes') google.remove(address, which, timing);
      else throw new TypeError('action: reads, labels, archives, deletes, spam or removes');
    },
    'google-settings': (body) => Object.assign(google.settings, body),
    'google-delegation': (body) => {
      if (body.revoke === true) google.revokeDelegation(body as { scopes?: string[]; keepTokens?: boolean });
      else google.grantDelegation();
    },
    'google-daily-quota': (body) => (body.exhausted === true ? google.exhaustDailyQuota() : google.restoreDailyQuota()),
    'google-token': (body) => ({
      identityToken: google.identityToken(text(body, 'address'), body.forgery as TokenForgery | undefined),
    }),
  };
}

/** Where the Workspace side is and how to sign in; lists are joined by commas, the key file is JSON. */
export function googleConnectionOf({ google }: Simulator): Record<string, string> {
  return {
    googleGmailUrl: google.gmailUrl,
    googleAdminUrl: google.adminUrl,
    googleIssuer: google.issuerUrl,
    googleAdmin: google.adminAddress,
    googleDomains: google.domain,
    googleAddonAudiences: google.addonAudiences.join(','),
    googleServiceAccount: JSON.stringify(google.serviceAccount),
  };
}

function text(body: Fields, name: string): string {
  const value = body[name];
  if (typeof value !== 'string' || value === '') throw new TypeError(`${name} is missing`);
  return value;
}
