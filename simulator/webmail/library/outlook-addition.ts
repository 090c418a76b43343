/**
 * Appended to the library's own outlook-web-16.01.js while it is served: what Outlook of today has and the package of 2022
 * has not. `getAsFileAsync` and `MoveSpamItemTo` (Mailbox 1.14), `Office.context.officeTheme` (1.14), and the bridge of Nested
 * App Authentication. It speaks to the host the way the library does.
 */
interface AsyncResultClass {
  new (result: Record<string, unknown>, error?: Record<string, unknown>): unknown;
}
interface AppContext {
  appOM: { item?: Record<string, unknown>; initialize(data: unknown): void };
}
interface Osf {
  InitializationHelper: {
    prototype: { prepareApiSurface(this: { _appContext: { _officeTheme?: unknown } }, context: AppContext): void };
  };
  _OfficeAppFactory: {
    getId(): string;
    getContext(): object;
    getWindowName(): string;
    getClientEndPoint(): {
      invoke(name: string, callback: (status: number, data: unknown) => void, data: unknown): void;
    };
  };
  DDA: {
    AsyncResult: AsyncResultClass;
    Theming: { OfficeThemeChangedEventArgs: new (data: unknown) => { officeTheme: unknown } };
  };
}
declare const OSF: Osf;
declare const Office: { MailboxEnums: Record<string, unknown> };

const GET_AS_FILE = 204;
const RESPONSE_ERROR = 9020;
const FORMAT_ERROR = 9002;

const prepare = OSF.InitializationHelper.prototype.prepareApiSurface;
OSF.InitializationHelper.prototype.prepareApiSurface = function (context) {
  prepare.call(this, context);
  const mailbox = context.appOM;
  extendItem(mailbox.item);
  const initialize = mailbox.initialize;
  mailbox.initialize = (data) => {
    initialize(data);
    extendItem(mailbox.item);
  };
  offerTheme(this._appContext._officeTheme);
  Office.MailboxEnums.MoveSpamItemTo ??= {
    CustomFolder: 'customFolder',
    DeletedItemsFolder: 'deletedItemsFolder',
    JunkFolder: 'junkFolder',
    NoMove: 'noMove',
  };
};

function extendItem(item: Record<string, unknown> | undefined): void {
  if (item && !('getAsFileAsync' in item)) item.getAsFileAsync = getAsFileAsync;
}

function getAsFileAsync(...values: unknown[]): void {
  const callback = values.find((it): it is (result: unknown) => void => typeof it === 'function');
  if (!callback) throw new Error('getAsFileAsync needs a callback');
  const options = values.find((it): it is { asyncContext?: unknown } => typeof it === 'object' && it !== null);
  const request = { ApiParams: {}, MethodData: { ControlId: OSF._OfficeAppFactory.getId(), DispatchId: GET_AS_FILE } };
  OSF._OfficeAppFactory.getClientEndPoint().invoke(
    'ExecuteMethod',
    (_, data) => {
      const answer = data as { error?: boolean; errorCode?: number; data?: unknown } | null;
      const code = answer === null ? FORMAT_ERROR : answer.error ? (answer.errorCode ?? RESPONSE_ERROR) : 0;
      const error = code === 0 ? undefined : { Name: 'Error', Message: `The host answered ${code}.`, Code: code };
      const value = code === 0 ? answer?.data : undefined;
      callback(new OSF.DDA.AsyncResult({ Value: value, Context: options?.asyncContext }, error));
    },
    request,
  );
}

/** The host hands the theme over with the app context, and again with every theme event. */
function offerTheme(first: unknown): void {
  if (!first) return;
  let current: unknown = first;
  window.addEventListener('message', (event) => {
    if (event.origin !== xdmInfo()[2] || typeof event.data !== 'string' || !event.data.includes('heme')) return;
    const colours = themeOf(event.data);
    if (colours) current = colours;
  });
  // The library heard the message first. Its handlers read the new colours all the same: it makes their argument before.
  const { OfficeThemeChangedEventArgs } = OSF.DDA.Theming;
  OSF.DDA.Theming.OfficeThemeChangedEventArgs = class {
    constructor(data: unknown) {
      const made = new OfficeThemeChangedEventArgs(data);
      current = made.officeTheme;
      // biome-ignore lint/correctness/noConstructorReturn: the library's own object is what handlers get
      return made;
    }
  } as typeof OfficeThemeChangedEventArgs;
  Object.defineProperty(OSF._OfficeAppFactory.getContext(), 'officeTheme', { get: () => current, enumerable: true });
}

function themeOf(text: string): Record<string, string> | null {
  try {
    const envelope = JSON.parse(text) as { _actionName?: string; _data?: { 0?: string } };
    if (!/theme/i.test(envelope._actionName ?? '') || typeof envelope._data?.[0] !== 'string') return null;
    const numbers = Object.entries(JSON.parse(envelope._data[0]) as Record<string, number>);
    return Object.fromEntries(numbers.map(([key, colour]) => [key, `#${colour.toString(16).padStart(6, '0')}`]));
  } catch {
    return null;
  }
}

/** MSAL looks for `window.nestedAppAuthBridge`; its strings travel to the host and back in envelopes of ours. */
function offerBridge(): void {
  const [conversationId, , hostOrigin] = xdmInfo();
  if (!hostOrigin) return;
  const listeners = new Set<(text: string) => void>();
  window.addEventListener('message', (event) => {
    if (event.origin !== hostOrigin || typeof event.data !== 'string' || !event.data.includes('nestedAppAuth')) return;
    const reply = (JSON.parse(event.data) as { nestedAppAuth?: unknown }).nestedAppAuth;
    if (typeof reply === 'string') for (const listener of [...listeners]) listener(reply);
  });
  Object.assign(window, {
    __initializeNestedAppAuth: () => Promise.resolve(),
    nestedAppAuthBridge: {
      addEventListener: (_: string, listener: (text: string) => void) => listeners.add(listener),
      removeEventListener: (_: string, listener: (text: string) => void) => listeners.delete(listener),
      postMessage: (text: string) =>
        window.parent.postMessage(JSON.stringify({ nestedAppAuth: text, conversationId }), hostOrigin),
    },
  });
}

function xdmInfo(): string[] {
  try {
    const name = JSON.parse(OSF._OfficeAppFactory.getWindowName()) as { xdmInfo?: string };
    return (name.xdmInfo ?? '').split('|');
  } catch {
    return [];
  }
}

offerBridge();

export {};
