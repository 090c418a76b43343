import { hexMessageId } from './message-id.ts';

/** What Gmail tells a trigger or a callback, read once at the door. */
export interface Occasion {
  /** Hex; '' on the homepage. */
  messageId: string;
  /** As the event wrote it: GmailApp takes its own form. */
  eventMessageId: string;
  /** Opens this one message to GmailApp. */
  accessToken: string;
  /** BCP 47 tag; '' when unknown. */
  locale: string;
  /** IANA name. */
  timeZone: string;
  /** WEB, IOS, ANDROID or ''. */
  platform: string;
  parameters: Record<string, string>;
  /** Values of the form's fields by name. */
  inputs: Record<string, string[]>;
}

type Fields = Record<string, unknown>;

/** Reads the event of today, and the older names beside it. Never throws. */
export function occasionOf(event: unknown): Occasion {
  const root = fields(event);
  const general = fields(root.commonEventObject);
  const gmail = fields(root.gmail);
  const legacy = fields(root.messageMetadata);
  const eventMessageId = text(gmail.messageId) || text(legacy.messageId);
  return {
    messageId: hexMessageId(eventMessageId),
    eventMessageId,
    accessToken: text(gmail.accessToken) || text(legacy.accessToken),
    locale: text(general.userLocale) || text(root.userLocale),
    timeZone: text(fields(general.timeZone).id) || 'Etc/UTC',
    platform: text(general.platform) || text(root.clientPlatform).toUpperCase(),
    parameters: texts(general.parameters ?? root.parameters),
    inputs: inputsOf(general.formInputs, root.formInputs),
  };
}

function inputsOf(formInputs: unknown, legacy: unknown): Record<string, string[]> {
  const inputs: Record<string, string[]> = {};
  for (const [name, value] of Object.entries(fields(legacy))) inputs[name] = list(value);
  for (const [name, value] of Object.entries(fields(formInputs))) {
    // The older runtime put everything one level deeper, under an empty name.
    const input = fields(fields(value)['']).stringInputs ?? fields(value).stringInputs;
    inputs[name] = list(fields(input).value);
  }
  return inputs;
}

function fields(value: unknown): Fields {
  return typeof value === 'object' && value !== null ? (value as Fields) : {};
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function list(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((one): one is string => typeof one === 'string') : [];
}

function texts(value: unknown): Record<string, string> {
  return Object.fromEntries(Object.entries(fields(value)).map(([key, one]) => [key, text(one)]));
}
