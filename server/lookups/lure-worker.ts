/**
 * The process that looks at lures: started for one mail, with an empty environment, and gone afterwards. Reads one JSON
 * object from stdin, writes one JSON array to stdout. What strangers' servers do to it, they do to nothing else.
 */
import { dnsResolve } from './dns.ts';
import { type LookLimits, lookAtLures } from './look-at-lures.ts';
import { isStrangersAddress } from './public-address.ts';

export interface LureErrand {
  links: string[];
  ports: number[];
  /** Addresses of resolvers; null: those of the machine. */
  dns: string[] | null;
  double: { hostname: string; port: number } | null;
  limits: LookLimits;
}

async function run(): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of process.stdin) chunks.push(chunk as Buffer);
  const errand = JSON.parse(Buffer.concat(chunks).toString('utf8')) as LureErrand;
  const pages = await lookAtLures(
    errand.links,
    {
      resolve: dnsResolve({ servers: errand.dns ?? undefined, timeoutMs: 2_500 }),
      isAllowed: isStrangersAddress,
      ports: errand.ports,
      schemes: ['http:', 'https:'],
      ...(errand.double ? { double: errand.double } : {}),
    },
    errand.limits,
  );
  await new Promise((written) => process.stdout.write(JSON.stringify(pages), written));
  // A socket that a stranger keeps open must not keep the process.
  process.exit(0);
}

run().catch(() => process.exit(1));
