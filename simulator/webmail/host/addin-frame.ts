import { appContext } from './app-context.ts';
import { ACCESS_DENIED, answerTo, eventMessage, type Request, readRequest } from './envelope.ts';
import { initialData } from './initial-data.ts';
import { executeMethod, type FrameMemory } from './methods.ts';
import { answerBridge, readBridgeMessage } from './nested-auth.ts';
import { type ThemeName, themeEventData } from './office-theme.ts';
import type { HostServices, Situation } from './situation.ts';

/** Event numbers of office.js. */
const THEME_CHANGED = 9;
const APP_COMMAND = 39;
const ITEM_CHANGED = 46;
/** An OSF method: the handler called `event.completed`. */
const COMMAND_COMPLETED = 94;

export interface FrameOptions {
  url: string;
  situation: Situation;
  services: HostServices;
  /** Accessible name of the frame. */
  title: string;
  contextData?: string;
  /** Called once the library has taken the app context, so the page runs on a trusted host. */
  onConnected?(): void;
  /** The page has registered for commands and can be told to run one. */
  onCommandsReady?(): void;
  onCompleted?(completed: CommandCompletion): void;
}

export interface CommandCompletion {
  /** 0 the handler ran; 11101 no such function. */
  status: number;
  context: Record<string, unknown>;
}

/**
 * One add-in page in an iframe, and the host it talks to. The library finds out about us by the frame's name and the
 * `_host_Info` of its address, asks for its context, and from then on calls methods and registers for events.
 */
export class AddinFrame {
  readonly element: HTMLIFrameElement;
  situation: Situation;
  private readonly options: FrameOptions;
  private readonly conversationId = crypto.randomUUID();
  private readonly addinOrigin: string;
  private readonly eventNames = new Map<number, string>();
  private readonly memory: FrameMemory;

  constructor(options: FrameOptions) {
    this.options = options;
    this.situation = options.situation;
    this.addinOrigin = new URL(options.url).origin;
    this.memory = {
      initializationContext: options.contextData ?? '',
      notifications: [],
      settings: {},
      customProperties: '{}',
    };
    this.element = this.makeElement();
    window.addEventListener('message', this.onMessage);
  }

  dispose(): void {
    window.removeEventListener('message', this.onMessage);
    this.element.remove();
  }

  /** Runs a function command of the page. `payload` is what the handler's event object is made of. */
  invokeCommand(id: string, functionName: string, payload: unknown): void {
    this.sendEvent(APP_COMMAND, { 0: id, 1: functionName, 2: JSON.stringify(payload) });
  }

  /** The person reads another message now. */
  changeItem(situation: Situation): void {
    this.situation = situation;
    this.sendEvent(ITEM_CHANGED, initialData(situation));
  }

  changeTheme(theme: ThemeName): void {
    this.situation = { ...this.situation, theme };
    // The addition to the library keeps `officeTheme` current by this event even where the page did not register for it.
    this.eventNames.set(THEME_CHANGED, this.eventNames.get(THEME_CHANGED) ?? 'officeThemeChanged');
    this.sendEvent(THEME_CHANGED, themeEventData(theme));
  }

  /** Whether the page asked to be told when the item changes. */
  get followsItem(): boolean {
    return this.eventNames.has(ITEM_CHANGED);
  }

  private makeElement(): HTMLIFrameElement {
    const { url, title } = this.options;
    const { addin, locale } = this.situation;
    const frame = document.createElement('iframe');
    // Over plain http the library's telemetry, which would only meet the CSP, is switched off as well.
    const logging = location.protocol === 'http:' ? 'disableLogging' : '';
    frame.name = JSON.stringify({
      baseFrameName: `addin-${this.conversationId}`,
      hostInfo: `Outlook|Web|16.01|${locale}|${this.conversationId}||${logging}|`,
      xdmInfo: `${this.conversationId}|${addin.id}|${location.origin}`,
      serializerVersion: '1',
      flights: '[]',
    });
    frame.title = title;
    frame.setAttribute('sandbox', 'allow-scripts allow-forms allow-same-origin allow-popups');
    const query = `_host_Info=Outlook$Web$16.01$${locale}$${this.conversationId}$$${logging}$0`;
    frame.src = url + (url.includes('?') ? '&' : '?') + query;
    return frame;
  }

  private readonly onMessage = (event: MessageEvent): void => {
    if (event.source !== this.element.contentWindow || event.origin !== this.addinOrigin) return;
    const bridge = readBridgeMessage(event.data, this.conversationId);
    if (bridge) {
      void answerBridge(bridge, this.situation, this.options.services).then((text) => this.post(text));
      return;
    }
    const request = readRequest(event.data, this.conversationId);
    if (request) void this.serve(request);
  };

  private async serve(request: Request): Promise<void> {
    if (request._actionType !== 0) return this.serveRegistration(request);
    const data = (request._data ?? {}) as Record<string, unknown>;
    switch (request._actionName) {
      case 'ContextActivationManager_getAppContextAsync':
        this.post(answerTo(request, appContext(this.situation, this.conversationId), location.origin));
        this.options.onConnected?.();
        return;
      case 'GetInitialData':
        return this.post(answerTo(request, initialData(this.situation), location.origin));
      case 'ExecuteMethod': {
        const dispatchId = Number((data.MethodData as { DispatchId?: unknown } | undefined)?.DispatchId);
        const { situation, memory } = this;
        const answer = await executeMethod(dispatchId, data.ApiParams, situation, this.options.services, memory);
        return this.post(answerTo(request, answer, location.origin));
      }
      case 'executeMethod': {
        const method = data.DdaMethod as { DispatchId?: unknown } | undefined;
        if (method?.DispatchId === COMMAND_COMPLETED) this.complete(data);
        return this.post(answerTo(request, { Version: 1, Error: 0 }, location.origin));
      }
      case 'ContextActivationManager_notifyHost':
        return this.post(answerTo(request, null, location.origin));
      default:
        return this.post(answerTo(request, null, location.origin, ACCESS_DENIED));
    }
  }

  private serveRegistration(request: Request): void {
    const number = Number((request._data as { eventDispId?: unknown } | null)?.eventDispId);
    if (request._actionType === 1) this.eventNames.set(number, request._actionName);
    else this.eventNames.delete(number);
    this.post(answerTo(request, { Error: 0, Version: 1 }, location.origin));
    if (request._actionType === 1 && number === APP_COMMAND) this.options.onCommandsReady?.();
  }

  private complete(data: Record<string, unknown>): void {
    let context: Record<string, unknown> = {};
    try {
      const event = JSON.parse(String(data[2] || '{}')) as { completedContext?: Record<string, unknown> };
      context = event.completedContext ?? {};
    } catch {
      // An unreadable completion is a completion all the same.
    }
    this.options.onCompleted?.({ status: Number(data[1]), context });
  }

  private sendEvent(number: number, data: unknown): void {
    const name = this.eventNames.get(number);
    if (name) this.post(eventMessage(this.conversationId, name, data, location.origin));
  }

  private post(text: string): void {
    this.element.contentWindow?.postMessage(text, this.addinOrigin);
  }
}
