/** What an analyst is shown and confirms, on both suites together: destinations, by hand, and for good. */
import pg from 'pg';
import { openSessionBook } from '../../server/http/session-book.ts';
import { openStore } from '../../server/store/database.ts';
import type { RetractionView, SubmissionView } from '../../shared/api.ts';
import type { Effects, PurgeConfirmation } from '../../shared/effects.ts';
import { ADMIN_TOKEN, House } from './house.ts';
import { lure } from './mail.ts';

const ANA = 'ana@example.org';
const BEN = 'ben@example.org';
const GINA = 'gina@lab.example.org';
const HUGO = 'hugo@lab.example.org';

let house: House;
let database: pg.Client;
jest.setTimeout(60_000);
beforeAll(async () => {
  house = await House.start({ google: true });
  for (const person of [ANA, BEN]) house.simulator.addMailbox(person);
  for (const person of [GINA, HUGO]) house.simulator.google.addMailbox(person);
  database = new pg.Client(house.databaseUrl);
  await database.connect();
});
afterAll(async () => {
  await database?.end();
  await house?.stop();
});

const psr = (mode: 'on' | 'preview' | 'off') =>
  house.put('psr', { mode, scope: 'message', dispositions: ['MALICIOUS'] });

/** One mail in three mailboxes of both suites, reported by Ana. */
async function reported(which: string): Promise<{ submission: string; view: SubmissionView }> {
  house.simulator.deliver(ANA, lure(which));
  house.simulator.google.deliver(GINA, lure(which, GINA));
  house.simulator.google.deliver(HUGO, lure(which, HUGO), { labels: ['INBOX', 'STARRED'] });
  const submission = await house.report(ANA, which);
  return { submission, view: await house.untilConcluded(submission) };
}

const labels = (person: string, which: string) =>
  house.simulator.google.copies(person).find((copy) => copy.internetMessageId === which)?.labels;

interface Answer {
  status: number;
  body: RetractionView & { code?: string; detail?: string; confirmation?: PurgeConfirmation; items?: RetractionView[] };
}

/** @param as a person of the dashboard other than the admin token; their session is opened as the server opens it */
async function post(path: string, body: unknown, as?: string, role: 'soc_analyst' | 'viewer' = 'soc_analyst') {
  const headers: Record<string, string> = as
    ? { cookie: await cookieOf(as, role), 'x-reelback': '1' }
    : { authorization: `Bearer ${ADMIN_TOKEN}` };
  const response = await fetch(`${await house.url()}/api/v1${path}`, {
    method: 'POST',
    headers: { ...headers, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  return { status: response.status, body: await response.json() } as Answer;
}

async function cookieOf(name: string, role: 'soc_analyst' | 'viewer'): Promise<string> {
  const store = openStore(house.databaseUrl, () => {}, 1);
  const grounds = { token: ADMIN_TOKEN, oidc: null };
  const sessions = openSessionBook({ tenant: house.simulator.tenantId, store, now: () => new Date(), grounds });
  const { word } = await sessions.open({ name, role, with: 'token', subject: null });
  await store.close();
  return `reelback=${word}`;
}

async function effects(path: string, language = 'en'): Promise<Effects> {
  const response = await house.fetch(`/api/v1${path}`, { headers: { 'accept-language': language } });
  if (!response.ok) throw new Error(`effects answered ${response.status}: ${await response.text()}`);
  return (await response.json()) as Effects;
}

const auditOf = async (id: string, action: string) =>
  (await database.query('select actor, detail from audit_log where subject_id = $1 and action = $2', [id, action]))
    .rows;

async function untilRetraction(id: string, states: string[], more = (_: RetractionView) => true) {
  let view = await house.retraction(id);
  await house.until(
    async () => {
      view = await house.retraction(id);
      return states.includes(view.state) && more(view);
    },
    20_000,
    () => `retraction ${JSON.stringify(view)} did not become ${states.join(' or ')}`,
  );
  return view;
}

test('a preview is shown suite by suite, goes where the analyst chooses, and not elsewhere after that', async () => {
  await psr('preview');
  const id = '<preview-1@micros0ft-login.test>';
  const { submission } = await reported(id);
  const seen = await house.untilRetraction(submission, ['done']);
  const retraction = seen.retraction!.id;

  const shown = await effects(`/retractions/${retraction}/effects`);
  expect(shown).toMatchObject({ destination: 'Quarantine', allowed: true, mailboxes: 3, copies: 3 });
  expect(shown.providers.map((p) => [p.provider, p.copies, p.mailboxes.with_copies, p.undo])).toEqual([
    ['microsoft365', 1, 1, 'exact'],
    ['google', 2, 2, 'limited'],
  ]);
  expect(shown.providers[0]?.text).toContain('hidden folder');
  expect(shown.providers[1]?.text).toContain('30 days');
  const german = await effects(`/retractions/${retraction}/effects?destination=RecoverableItemsDeletions`, 'de');
  expect(german).toMatchObject({ allowed: false, refusal: expect.stringContaining('Gmail') });
  expect(german.providers[1]).toMatchObject({ supported: false, text: expect.stringContaining('Papierkorb') });

  const refused = await post(`/retractions/${retraction}/approve`, { destination: 'RecoverableItemsDeletions' });
  expect(refused).toMatchObject({ status: 409, body: { code: 'destination_unsupported' } });
  expect((await post(`/retractions/${retraction}/approve`, { destination: 'RecoverableItemsPurges' })).status).toBe(
    400,
  );
  expect(house.folderOf(ANA, id)).toBe('inbox');

  expect((await post(`/retractions/${retraction}/approve`, { destination: 'DeletedItems' })).status).toBe(200);
  const done = await untilRetraction(retraction, ['done']);
  expect(done).toMatchObject({ preview: false, destination: 'DeletedItems', copies: { found: 3, retracted: 3 } });
  expect(house.folderOf(ANA, id)).toBe('deleteditems');
  expect((await house.ledger(retraction)).map(({ reason }) => reason)).toEqual([undefined, undefined, undefined]);
  expect(labels(GINA, id)).toEqual(expect.arrayContaining(['TRASH']));
  expect(labels(GINA, id)).not.toContain('Reelback Quarantine');
  expect((await house.view(submission)).pane.lines.join(' ')).toContain('3');
  expect(await auditOf(retraction, 'retraction.approved')).toEqual([
    { actor: 'admin-token', detail: expect.objectContaining({ destination: 'DeletedItems', preview: true }) },
  ]);
  const fixed = await post(`/retractions/${retraction}/approve`, { destination: 'Quarantine' });
  expect(fixed).toMatchObject({ status: 409, body: { code: 'destination_fixed' } });
});

test('judged mail is taken back and put back by hand; protected mailboxes wait for an approval', async () => {
  await psr('off');
  const id = '<by-hand-1@micros0ft-login.test>';
  const { view, submission } = await reported(id);
  expect(view.retraction).toBeNull();
  const before = [...labels(HUGO, id)!].sort();
  const message = view.message!;
  const entry = await post('/settings/protected_mailboxes', { value: GINA });
  const shown = await effects(`/messages/effects?ids=${message}&destination=JunkEmail`);
  expect(shown.providers.map((p) => [p.copies, p.mailboxes.searched, p.mailboxes.total])).toEqual([
    [0, 0, 2],
    [0, 0, 2],
  ]);

  expect((await post('/messages/move', { ids: [message, 'msg_none'], destination: 'JunkEmail' })).status).toBe(404);
  const started = await post('/messages/move', { ids: [message], destination: 'JunkEmail', comment: 'seen twice' });
  expect(started).toMatchObject({ status: 202, body: { cause: 'manual', destination: 'JunkEmail' } });
  expect(started.body.items?.map((r) => r.id)).toEqual([started.body.id]);
  const done = await untilRetraction(started.body.id, ['done']);
  expect(done.copies).toMatchObject({ retracted: 2, review: 1 });
  expect(labels(GINA, id)).toContain('INBOX');
  expect(labels(HUGO, id)).toEqual(expect.arrayContaining(['SPAM', 'STARRED']));
  expect((await house.view(submission)).retraction?.id).toBe(done.id);
  const [{ detail }] = await auditOf(done.id, 'retraction.started');
  const content = await database.query('select body from audit_contents where sha256 = $1', [detail.comment.sha256]);
  expect(content.rows).toEqual([{ body: '"seen twice"' }]);

  // The same again joins it; elsewhere is refused while it stands.
  expect((await post('/messages/move', { ids: [message], destination: 'JunkEmail' })).body.id).toBe(done.id);
  const elsewhere = await post('/messages/move', { ids: [message], destination: 'Quarantine' });
  expect(elsewhere).toMatchObject({ status: 409, body: { code: 'standing_retraction' } });
  await untilRetraction(done.id, ['confirming', 'done']);

  const back = await post('/messages/move', { ids: [message], destination: 'Inbox' });
  expect(back).toMatchObject({ status: 202, body: { id: done.id } });
  await untilRetraction(done.id, ['restored']);
  expect(house.folderOf(ANA, id)).toBe('inbox');
  expect([...labels(HUGO, id)!].sort()).toEqual(before);
  await house.fetch(`/api/v1/settings/protected_mailboxes/${(entry.body as { id: string }).id}`, { method: 'DELETE' });

  await database.query('update submissions set simulation = true where id = $1', [submission]);
  const exercise = await post('/messages/move', { ids: [message], destination: 'Quarantine' });
  expect(exercise).toMatchObject({ status: 409, body: { code: 'simulation' } });
});

test('for good only what was shown, once, by this token, by two people where the setting says so; a restore skips it', async () => {
  await psr('on');
  const id = '<for-good-1@micros0ft-login.test>';
  const { submission } = await reported(id);
  const retraction = (await house.untilRetraction(submission, ['done'])).retraction!.id;
  const purge = `/retractions/${retraction}/purge`;
  const settings = await (await house.fetch('/api/v1/settings/retraction')).json();
  await house.put('retraction', { ...(settings as object), second_person: true });

  expect((await post(purge, {}, 'vera', 'viewer')).status).toBe(403);
  const first = await post(purge, {}, 'carl');
  expect(first).toMatchObject({ status: 409, body: { code: 'confirmation_required' } });
  expect(first.body.confirmation).toMatchObject({ requested_by: 'carl', second_person: true, copies: 3, mailboxes: 3 });
  expect(first.body.confirmation?.providers.map((p) => [p.provider, p.copies])).toEqual([
    ['microsoft365', 1],
    ['google', 2],
  ]);
  const token = first.body.confirmation!.token;
  expect(await post(purge, { confirmation: token }, 'carl')).toMatchObject({
    body: { code: 'second_person_required' },
  });
  // The second person reads the same and is handed the same token.
  expect((await post(purge, {}, 'dora')).body.confirmation).toMatchObject({ token, requested_by: 'carl' });

  // One more copy turns up: what was shown does not hold any more.
  house.simulator.deliver(BEN, lure(id));
  await house.report(BEN, id);
  await untilRetraction(retraction, ['confirming', 'done'], (view) => view.copies.retracted === 4);
  const outdated = await post(purge, { confirmation: token }, 'dora');
  expect(outdated).toMatchObject({ status: 409, body: { code: 'confirmation_outdated', confirmation: { copies: 4 } } });
  const fresh = outdated.body.confirmation!.token;
  expect(fresh).not.toBe(token);
  expect(await auditOf(retraction, 'retraction.purging')).toEqual([]);

  // Of another retraction, made up, expired: all refused alike, and nothing happens.
  const other = (
    await database.query("select id from retractions where id <> $1 and state = 'done' limit 1", [retraction])
  ).rows[0]?.id;
  for (const [path, confirmation] of [
    [`/retractions/${other}/purge`, fresh],
    [purge, 'del_made0up'],
  ]) {
    expect(await post(path!, { confirmation }, 'carl')).toMatchObject({
      status: 409,
      body: { code: 'confirmation_invalid' },
    });
  }
  await database.query("update purge_confirmations set expires_at = now() - interval '1 second' where token = $1", [
    fresh,
  ]);
  expect(await post(purge, { confirmation: fresh }, 'carl')).toMatchObject({ body: { code: 'confirmation_invalid' } });
  await database.query("update purge_confirmations set expires_at = now() + interval '5 minutes' where token = $1", [
    fresh,
  ]);

  // Gina takes hers out of the Bin before it happens: it is not where it was shown to be.
  house.simulator.google.userLabels(GINA, id, { add: ['INBOX'], remove: ['TRASH'] });
  house.simulator.faults.add({ mailbox: ANA, route: 'purge', times: 1, fault: { lost: 'reset', afterEffect: true } });
  expect((await post(purge, { confirmation: fresh }, 'carl')).status).toBe(202);
  const after = await untilRetraction(
    retraction,
    ['running', 'confirming', 'done'],
    (view) => view.copies.purged === 3,
  );
  expect(await post(purge, { confirmation: fresh }, 'carl')).toMatchObject({ body: { code: 'confirmation_invalid' } });
  expect(after.copies).toMatchObject({ failed: 0 });
  expect(house.simulator.google.copies(HUGO).some((copy) => copy.internetMessageId === id)).toBe(false);
  expect(['recoverableitemspurges', null]).toContain(house.folderOf(ANA, id));
  expect(labels(GINA, id)).toContain('INBOX');
  expect(await auditOf(retraction, 'retraction.purging')).toMatchObject([
    { actor: 'carl', detail: { asked_by: 'dora' } },
  ]);
  const rows = await house.ledger(retraction);
  expect(rows.find((row) => row.mailbox === GINA)).toMatchObject({ state: 'retracted', reason: 'purge_moved_by_user' });

  expect((await house.decide(retraction, 'restore')).status).toBe(200);
  const restored = await untilRetraction(retraction, ['restored']);
  expect(restored.copies).toMatchObject({ purged: 3, restored: 1 });
  expect(await post(purge, {}, 'carl')).toMatchObject({ status: 409, body: { code: 'wrong_state' } });
});

test('mail that nobody has taken back is counted before it can be deleted for good', async () => {
  await psr('off');
  const settings = (await (await house.fetch('/api/v1/settings/retraction')).json()) as object;
  await house.put('retraction', { ...settings, second_person: false });
  const id = '<for-good-2@micros0ft-login.test>';
  const { view } = await reported(id);
  const move = { ids: [view.message!], destination: 'RecoverableItemsPurges' };
  const counting = await post('/messages/move', move);
  expect(counting).toMatchObject({ status: 409, body: { code: 'counting' } });
  const preview = (counting.body as unknown as { retraction_id: string }).retraction_id;
  expect(await untilRetraction(preview, ['done'])).toMatchObject({ preview: true, copies: { found: 3, retracted: 0 } });
  const asked = await post('/messages/move', move);
  expect(asked).toMatchObject({ status: 409, body: { code: 'confirmation_required', confirmation: { copies: 3 } } });
  expect(house.folderOf(ANA, id)).toBe('inbox');
  const scopes = ['https://mail.google.com/'];
  house.simulator.google.revokeDelegation({ scopes });
  const confirmed = await post('/messages/move', { ...move, confirmation: asked.body.confirmation!.token });
  expect(confirmed).toMatchObject({ status: 202, body: { id: preview, preview: false } });
  // Without the right to, Gmail's copies stay, say why, and can be tried again.
  const refused = async () =>
    (await house.ledger(preview)).filter((row) => row.state === 'found' && row.reason === 'purge_not_authorized')
      .length;
  await house.until(async () => (await refused()) === 2, 15_000, 'no refusal of Gmail');
  house.simulator.google.grantDelegation();
  const again = await post(`/retractions/${preview}/purge`, {});
  expect(again.body.confirmation).toMatchObject({ copies: 2, providers: [{ provider: 'google', copies: 2 }] });
  await post(`/retractions/${preview}/purge`, { confirmation: again.body.confirmation!.token });
  await untilRetraction(preview, ['done'], ({ copies }) => copies.purged === 3);
  for (const person of [GINA, HUGO]) expect(labels(person, id)).toBeUndefined();
  await expect(
    database.query("update retractions set destination = 'RecoverableItemsPurges' where id = $1", [preview]),
  ).rejects.toThrow('retractions_never_purge');
});
