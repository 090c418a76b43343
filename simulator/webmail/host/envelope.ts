/**
 * The envelopes in which office.js and an Outlook host talk over postMessage, as the library of 2022 reads and writes them:
 * JSON strings, requests counted from 0 per frame, answers matched by `_correlationId`.
 */
export interface Request {
  _messageType: 0;
  /** 0 call, 1 register for an event, 2 unregister. */
  _actionType: 0 | 1 | 2;
  _actionName: string;
  _conversationId: string;
  _correlationId: number;
  _data: unknown;
  _origin: string;
}

/** `_errorCode` of an answer. */
export const ANSWERED = 0;
export const ACCESS_DENIED = -5;

/** A request of this conversation, or null for anything else that arrives at the window. */
export function readRequest(data: unknown, conversationId: string): Request | null {
  if (typeof data !== 'string' || !data.startsWith('{')) return null;
  try {
    const value = JSON.parse(data) as Partial<Request>;
    if (value._messageType !== 0 || value._conversationId !== conversationId) return null;
    if (typeof value._actionName !== 'string' || typeof value._correlationId !== 'number') return null;
    return value as Request;
  } catch {
    return null;
  }
}

export function answerTo(request: Request, data: unknown, origin: string, errorCode = ANSWERED): string {
  return JSON.stringify({
    _messageType: 1,
    _responseType: 0,
    _errorCode: errorCode,
    _actionName: request._actionName,
    _conversationId: request._conversationId,
    _correlationId: request._correlationId,
    _data: data,
    _origin: origin,
    _serializerVersion: 1,
  });
}

export function eventMessage(conversationId: string, name: string, data: unknown, origin: string): string {
  return JSON.stringify({
    _messageType: 1,
    _responseType: 1,
    _errorCode: ANSWERED,
    _actionName: name,
    _conversationId: conversationId,
    _correlationId: 0,
    _data: data,
    _origin: origin,
    _serializerVersion: 1,
  });
}
