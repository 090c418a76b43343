import type { Finding } from '../../shared/verdict.ts';
import type { Message } from '../message/message.ts';

/** Attributes that the mail itself decides; the rest come from lists, lookups and the final disposition. */
export function messageAttributes(message: Message, findings: readonly Finding[]): string[] {
  const attributes: string[] = [];
  if (message.attachments.some((file) => file.executable || file.containsExecutable)) attributes.push('EXECUTABLE');
  if (message.encryption !== 'none') attributes.push('ENCRYPTED');
  if (findings.some((finding) => finding.id === 'intel.block_list')) attributes.push('CUSTOM_BLOCK_LIST');
  return attributes;
}
