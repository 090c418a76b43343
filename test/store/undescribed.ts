import type { Described } from '../../server/store/messages.ts';

/** A mail of which a test says nothing but what it is about. */
export const undescribed: Described = {
  fromName: '',
  envelopeFrom: '',
  replyTo: '',
  sentAt: null,
  size: 0,
  domains: [],
  words: '',
  facts: {},
};
