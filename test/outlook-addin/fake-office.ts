/**
 * The outside of the add-in in tests: an `Office` that answers, fails or stays silent as told, and a bridge through
 * which the real MSAL gets its token.
 */
export interface FakeOffice {
  /** Mailbox requirement set, such as '1.15'. */
  mailboxSet: string;
  /** What getAsFileAsync does; an Error code answers failed, 'silent' never answers. */
  original: string | number | 'silent' | (() => string | number | 'silent');
  item: boolean;
  language: string;
  context: string;
  theme: string;
  hostName: string;
  sharedOwner: string;
  itemClass: string;
  nestedAppAuth: boolean;
}

export const plainOffice: FakeOffice = {
  mailboxSet: '1.15',
  original: Buffer.from('From: a@example.net\r\nSubject: Hi\r\n\r\nHello\r\n').toString('base64'),
  item: true,
  language: 'en-US',
  context: '',
  theme: '',
  hostName: 'OutlookWebApp',
  sharedOwner: '',
  itemClass: 'IPM.Note',
  nestedAppAuth: true,
};

type Done = (result: { status: string; value?: unknown; error?: { code: number } }) => void;

/** The object that office.js would put in place. Plain enough to run in a page as well as in a vm context. */
export function officeObject(given: FakeOffice, associated: Record<string, (event: unknown) => void>) {
  const answer = (done: Done, value: unknown) => setTimeout(() => done({ status: 'succeeded', value }), 1);
  const handlers: Record<string, ((args: unknown) => void)[]> = {};
  const older = (version: string, than: string) => {
    const [a = 0, b = 0] = version.split('.').map(Number);
    const [c = 0, d = 0] = than.split('.').map(Number);
    return a < c || (a === c && b < d);
  };
  const at = (version: string) => !older(given.mailboxSet, version);
  const item: { itemId: string; [key: string]: unknown } = {
    itemId: 'AAMk/a+b=',
    internetMessageId: '<1@example.net>',
    conversationId: 'c1',
    subject: 'Your parcel is waiting: pay 1.99 now',
    from: { displayName: 'Parcel Service', emailAddress: 'service@parcel.example' },
    itemClass: given.itemClass,
    attachments: [
      { id: 'att1', name: 'label ä.pdf', contentType: 'application/pdf', isInline: false },
      { id: 'att2', name: 'logo.png', contentType: 'image/png', isInline: true },
    ],
    body: { getAsync: (_: string, done: Done) => answer(done, '<p>Pay now</p>') },
    addHandlerAsync: (type: string, run: (args: unknown) => void) => {
      handlers[type] = [...(handlers[type] ?? []), run];
    },
    getInitializationContextAsync: (done: Done) => answer(done, given.context),
    getAllInternetHeadersAsync: (done: Done) =>
      answer(
        done,
        'From: service@parcel.example\r\nSubject: Your\r\n parcel\r\nContent-Type: text/html;\r\n charset=x\r\n',
      ),
    getAttachmentContentAsync: (_: string, done: Done) => answer(done, { format: 'base64', content: 'JVBERi0=' }),
    ...(given.sharedOwner
      ? { getSharedPropertiesAsync: (done: Done) => answer(done, { owner: given.sharedOwner }) }
      : {}),
    ...(at('1.14')
      ? {
          getAsFileAsync: (done: Done) => {
            const original = typeof given.original === 'function' ? given.original() : given.original;
            if (original === 'silent') return;
            if (typeof original === 'number')
              setTimeout(() => done({ status: 'failed', error: { code: original } }), 1);
            else answer(done, original);
          },
        }
      : {}),
  };
  return {
    handlers,
    onReady: () => Promise.resolve({ host: 'Outlook', platform: 'OfficeOnline' }),
    actions: {
      associate: (name: string, run: (event: unknown) => void) => {
        associated[name] = run;
      },
    },
    EventType: { ItemChanged: 'olkItemSelectedChanged', OfficeThemeChanged: 'officeThemeChanged' },
    context: {
      displayLanguage: given.language,
      officeTheme: given.theme ? { bodyBackgroundColor: given.theme } : undefined,
      requirements: {
        isSetSupported: (set: string, version: string) =>
          set === 'NestedAppAuth' ? given.nestedAppAuth : set === 'Mailbox' && at(version),
      },
      mailbox: {
        item: (given.item ? item : null) as typeof item | null,
        userProfile: { emailAddress: 'ana@example.org' },
        diagnostics: { hostName: given.hostName },
        convertToRestId: (id: string) => id.replace(/\//g, '-').replace(/\+/g, '_'),
        addHandlerAsync: (type: string, run: (args: unknown) => void) => {
          handlers[type] = [...(handlers[type] ?? []), run];
        },
      },
    },
  };
}

/** What the bridge does with GetToken and GetTokenPopup. */
export type BridgeMood = 'token' | 'interaction' | 'consent' | 'cancel' | 'silent' | 'offline' | 'popup_only';

/** Outlook's side of nested app authentication. */
export function authBridge(mood: () => BridgeMood) {
  const listeners: ((message: string) => void)[] = [];
  let signedIn = false;
  const claims = btoa(JSON.stringify({ oid: 'o1', tid: 't1', sub: 's1', iat: 1, exp: 4102444800 })).replace(/=+$/, '');
  const account = { homeAccountId: 'o1.t1', environment: 'login.microsoftonline.com', tenantId: 't1' };
  const failures: Record<string, { status: string; code: string; description: string }> = {
    interaction: { status: 'USER_INTERACTION_REQUIRED', code: 'interaction_required', description: 'sign in' },
    consent: { status: 'USER_INTERACTION_REQUIRED', code: 'consent_required', description: 'AADSTS65001: no consent' },
    cancel: { status: 'USER_CANCEL', code: 'user_canceled', description: 'closed' },
    offline: { status: 'NO_NETWORK', code: 'no_network', description: 'no network' },
  };
  return {
    addEventListener: (_: string, listener: (message: string) => void) => listeners.push(listener),
    postMessage: (text: string) => {
      const { requestId, method } = JSON.parse(text) as { requestId: string; method: string };
      const now = mood();
      const reply = (body: object) => {
        const message = JSON.stringify({ messageType: 'NestedAppAuthResponse', requestId, ...body });
        setTimeout(() => {
          for (const listener of listeners) listener(message);
        }, 1);
      };
      if (method === 'GetInitContext') {
        const capabilities = { queryAccount: true };
        reply({
          success: true,
          initContext: { sdkName: 'fake', sdkVersion: '1', capabilities, accountContext: account },
        });
      } else if (now === 'token' || (now === 'popup_only' && (signedIn || method === 'GetTokenPopup'))) {
        signedIn = true;
        const token = {
          access_token: 'token-1',
          id_token: `e30.${claims}.x`,
          expires_in: 3600,
          scope: 'report.submit',
        };
        reply({ success: true, token, account: { ...account, username: 'ana@example.org', localAccountId: 'o1' } });
      } else if (now !== 'silent') {
        reply({ success: false, error: failures[now === 'popup_only' ? 'interaction' : now] });
      }
    },
  };
}
