/** Mail in and mail out, as the configuration wants them. */
import type { Configuration } from './configuration.ts';
import type { Deliveries } from './delivery/face.ts';
import { acceptMail } from './intake/accept-mail.ts';
import { type Listener, listen } from './intake/listener.ts';
import { serviceAddress } from './intake/service-address.ts';
import { type IntakeWorld, takeMail } from './intake/take-mail.ts';
import type { Jobs } from './jobs/queue.ts';
import type { Resolve } from './message/authentication.ts';
import { openMailStanding } from './notify/mail-standing.ts';
import { type Outbox, openOutbox } from './notify/outbox.ts';
import { sendMail } from './notify/send-mail.ts';
import { smtpTransport } from './notify/smtp-transport.ts';
import type { Settings } from './policies/face.ts';
import type { Db, Store } from './store/database.ts';
import { waitingIntake } from './store/intake-mails.ts';
import { mailIsDue } from './store/outgoing-mail.ts';
import type { Submissions } from './submission/face.ts';

interface Common {
  tenant: string;
  store: Store;
  jobs: Pick<Jobs, 'enqueue'>;
  settings: Settings;
  now(): Date;
  randomId(prefix: string): string;
  log: IntakeWorld['log'];
}

/** Mail to people. @returns an outbox only where mail is configured: otherwise nothing is ever written to nobody */
export function openMailOut({ mail }: Pick<Configuration, 'mail'>, world: Common) {
  const { outgoing, intake } = mail;
  const transport = outgoing ? smtpTransport(outgoing.url, outgoing.address) : null;
  const outbox: Outbox | null = outgoing ? openOutbox(world) : null;
  return {
    outbox,
    standing: openMailStanding({
      tenant: world.tenant,
      store: world.store,
      from: outgoing?.address ?? null,
      intake: intake && {
        address: `${intake.address.account}@${intake.address.domain}`,
        examples: [
          serviceAddress(intake.address, 'USER', 'MALICIOUS'),
          serviceAddress(intake.address, 'USER', 'SPAM'),
          serviceAddress(intake.address, 'TEAM', 'MALICIOUS'),
        ],
      },
    }),
    /** The job: sends what is due, and asks for itself again where more is. */
    send: async () => {
      if (!outgoing || !transport) return;
      const fromName = async () => (await world.settings.get('notifications')).from_name || outgoing.name || 'Reelback';
      const all = await sendMail({ ...world, send: transport.send, domain: outgoing.domain, fromName });
      if (!all) await again(world, 'mail');
    },
    /** Whether nothing is due to be sent now. */
    idle: async () => !outgoing || !(await mailIsDue(world.store.db, world.tenant, world.now())),
    close: async () => transport?.close(),
  };
}

/** The job that makes reports of accepted mail; it works wherever mail may have been accepted. */
export function openMailIn(
  configuration: Pick<Configuration, 'mail' | 'maxMessageBytes' | 'microsoft'>,
  world: Common & {
    submissions: Submissions;
    deliveries: Pick<Deliveries, 'seen'> | null;
    resolve: Resolve;
    authenticate: IntakeWorld['authenticate'];
  },
) {
  const { intake } = configuration.mail;
  return {
    take: async () => {
      if (!intake) return;
      const all = await takeMail({
        ...world,
        service: intake.address,
        trust: intake.senders,
        microsoftTenantId: configuration.microsoft[0]?.tenantId ?? null,
        maxMessageBytes: configuration.maxMessageBytes,
      });
      if (!all) await again(world, 'intake');
    },
    /** Whether nothing that was accepted waits. */
    idle: async () => !intake || (await waitingIntake(world.store.db, world.tenant)).mails === 0,
    /** null: no listener is configured. */
    listen: async (): Promise<Listener | null> =>
      intake &&
      listen({
        host: intake.host,
        port: intake.port,
        service: intake.address,
        relays: intake.relays,
        tls: intake.tls,
        maxBytes: wireBytes(configuration.maxMessageBytes),
        seesDeliveries: world.deliveries !== null,
        accept: (mail) => acceptMail(world, mail),
        log: world.log,
      }),
  };
}

/** A mail of this size attached to another: base64 with its line ends, and the mail around it. */
const wireBytes = (maxMessageBytes: number) => Math.ceil(maxMessageBytes * 1.37) + 1024 * 1024;

const again = ({ store, jobs }: Common, name: 'intake' | 'mail') =>
  store.inTransaction((trx: Db) => jobs.enqueue(trx, name, {}));
