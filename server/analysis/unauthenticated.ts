import type { Authentication } from '../message/authentication-state.ts';
import type { Message } from '../message/message.ts';

/** The authentication of a mail of which nobody can say who handed it in: a file on a disk, no name server to ask. */
export function withoutAuthentication(message: Pick<Message, 'received'>): Authentication {
  return {
    state: 'unknown',
    spf: null,
    dkim: [],
    dmarc: null,
    source: 'none',
    mismatch: 'unknown',
    missing: message.received.length === 0 ? ['dns', 'original_headers'] : ['dns'],
  };
}
