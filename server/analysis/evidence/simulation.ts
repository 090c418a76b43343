import type { Authentication } from '../../message/authentication-state.ts';
import type { Message } from '../../message/message.ts';
import { cidrContains } from '../cidr.ts';
import { isWithin } from '../domains.ts';
import type { ObservedWorld, Simulation } from '../world.ts';

/**
 * The registered exercise that this mail proves to be. A header alone proves nothing, for everybody can write it: the
 * proof is a domain whose DKIM or SPF passed, or the address from which our own receiver took the mail.
 */
export function simulationHit(
  message: Message,
  authentication: Authentication,
  world: Pick<ObservedWorld, 'simulations'>,
): { id: string; evidence: string } | null {
  for (const simulation of world.simulations ?? []) {
    const proof = proofOf(simulation, authentication);
    if (proof !== null && carriesHeader(simulation, message)) return { id: simulation.id, evidence: proof };
  }
  return null;
}

function proofOf({ kind, value }: Simulation, { spf, dkim, client }: Authentication): string | null {
  if (kind === 'ip') return client?.ip && cidrContains(value, client.ip) ? client.ip : null;
  const passed = [spf, ...dkim].filter((one) => one?.result === 'pass').map((one) => one?.domain?.toLowerCase() ?? '');
  return passed.find((domain) => isWithin(domain, value)) ?? null;
}

function carriesHeader({ header }: Simulation, message: Message): boolean {
  if (!header) return true;
  const wanted = header.value?.toLowerCase();
  return message.headers.some(
    ({ name, value }) =>
      name.toLowerCase() === header.name.toLowerCase() &&
      (wanted === undefined || value.trim().toLowerCase() === wanted),
  );
}
