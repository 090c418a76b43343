import { HostError, type HostServices, type Situation } from './situation.ts';

/** What an `ExecuteMethod` is answered with; office.js turns it into an AsyncResult. */
type MethodAnswer = { error: false; data?: unknown; wasSuccessful: true } | { error: true; errorCode: number };

/** State that one frame's calls share. */
export interface FrameMemory {
  /** `contextData` with which the pane was opened. */
  initializationContext: string;
  notifications: { key: string }[];
  settings: unknown;
  customProperties: string;
}

type Method = (
  parameters: Record<string, unknown>,
  situation: Situation,
  services: HostServices,
  memory: FrameMemory,
) => unknown | Promise<unknown>;

const INTERNAL = 5001;
const NOT_FOUND = 9049;
const NOT_SUPPORTED = 5000;
const ELEVATED_PERMISSION = 5004;

/** By DispatchId, as office.js numbers them. */
const methods: Record<number, Method> = {
  3: (_, __, ___, memory) => memory.customProperties,
  4: (parameters, _, __, memory) => {
    memory.customProperties = String(parameters.customProperties ?? '{}');
    return null;
  },
  33: addNotification,
  34: (_, __, ___, memory) => memory.notifications,
  35: addNotification,
  36: (parameters, _, __, memory) => {
    memory.notifications = memory.notifications.filter((it) => it.key !== parameters.key);
    return null;
  },
  37: (parameters, situation, services) =>
    services.body(message(situation), parameters.coercionType === 3 ? 'html' : 'text'),
  99: (_, __, ___, memory) => memory.initializationContext,
  108: (_, situation) => ({
    owner: message(situation).mailbox,
    targetMailbox: message(situation).mailbox,
    targetRestUrl: '',
    delegatePermissions: 1,
  }),
  150: async (parameters, situation, services) => ({
    content: await services.attachment(message(situation), String(parameters.id ?? '')),
    format: 'base64',
  }),
  164: (_, situation) => message(situation).ewsId,
  168: (_, situation, services) => services.headers(message(situation)),
  204: (_, situation, services) => services.messageFile(message(situation)),
  404: (parameters, _, __, memory) => {
    memory.settings = parameters;
    return null;
  },
};

/** Methods of telemetry and focus that a host may take without an answer worth having. */
const ignored = new Set([40, 190, 191, 192, 193]);

export async function executeMethod(
  dispatchId: number,
  parameters: unknown,
  situation: Situation,
  services: HostServices,
  memory: FrameMemory,
): Promise<MethodAnswer> {
  if (ignored.has(dispatchId)) return { error: false, wasSuccessful: true };
  if (situation.addin.permissions === 'Restricted') return { error: true, errorCode: ELEVATED_PERMISSION };
  const method = methods[dispatchId];
  if (!method) return { error: true, errorCode: NOT_SUPPORTED };
  try {
    const data = await method((parameters ?? {}) as Record<string, unknown>, situation, services, memory);
    return { error: false, data, wasSuccessful: true };
  } catch (error) {
    return { error: true, errorCode: error instanceof HostError ? error.code : INTERNAL };
  }
}

function message(situation: Situation) {
  if (!situation.message) throw new HostError(NOT_FOUND, 'no message is open');
  return situation.message;
}

function addNotification(parameters: Record<string, unknown>, _: Situation, __: HostServices, memory: FrameMemory) {
  const key = String(parameters.key ?? '');
  memory.notifications = [...memory.notifications.filter((it) => it.key !== key), { ...parameters, key }];
  return null;
}
