import { PermanentError, TemporaryError } from '../../shared/errors.ts';
import { addresses, mail, startTenant, type TestTenant } from './tenant.ts';

const ANA = 'ana@example.org';
const ID = '<one@lure.example>';
let tenant: TestTenant;
beforeEach(async () => {
  tenant = await startTenant();
});
afterEach(() => tenant.simulator.stop());

const deliver = (address = ANA, delivery = {}) => tenant.simulator.deliver(address, mail(ID), delivery);
const placeOf = (address = ANA) => tenant.simulator.copies(address).map((copy) => copy.folderName);
const requests = (route: string) => tenant.simulator.log.list({ route });
const caught = async (work: Promise<unknown>): Promise<TemporaryError | PermanentError> => {
  const error = await work.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (error instanceof TemporaryError || error instanceof PermanentError) return error;
  throw new Error(`not refused: ${error}`);
};

describe('a move', () => {
  test.each([
    ['JunkEmail', 'junkemail'],
    ['DeletedItems', 'deleteditems'],
    ['RecoverableItemsDeletions', 'recoverableitemsdeletions'],
    ['Quarantine', 'Reelback Quarantine'],
  ] as const)('to %s keeps the immutable id and shows the state at that moment', async (destination, place) => {
    const id = deliver(ANA, { flag: 'flagged' });
    tenant.simulator.userReads(ANA, id);
    const result = await tenant.provider.move(ANA, id, destination);
    if (result.state !== 'moved') throw new Error(result.state);
    expect(placeOf()).toEqual([place]);
    expect(result.copy).toMatchObject({ providerMessageId: id, isRead: true, flag: 'flagged' });
    expect(result.copy.folder).toBe(await tenant.provider.destinationFolder(ANA, destination));
    expect(result.requestId).toMatch(/^[0-9a-f-]{36}$/);
    expect(await tenant.provider.readCopy(ANA, id)).toEqual(result.copy);
  });

  test('of a copy its owner deleted meanwhile is gone, and so is reading it', async () => {
    const id = deliver();
    await tenant.provider.destinationFolder(ANA, 'Quarantine');
    tenant.simulator.remove(ANA, id);
    expect(await tenant.provider.move(ANA, id, 'Quarantine')).toEqual({ state: 'gone' });
    expect(await tenant.provider.move(ANA, id, 'JunkEmail')).toEqual({ state: 'gone' });
    expect(await tenant.provider.readCopy(ANA, id)).toBeNull();
    expect(await tenant.provider.readRaw(ANA, id)).toBeNull();
  });

  test('answered 403 ErrorCannotDeleteObject is gone too', async () => {
    const id = deliver();
    const fault = { status: 403, code: 'ErrorCannotDeleteObject' };
    tenant.simulator.faults.add({ route: 'move', fault });
    expect(await tenant.provider.move(ANA, id, 'JunkEmail')).toEqual({ state: 'gone' });
  });

  test.each(['lostreply@example.org', 'timeout504@example.org', 'silent@example.org'])(
    'whose answer is lost is sent once and its outcome is unknown (%s)',
    async (address) => {
      const id = deliver(address);
      const error = await caught(tenant.another({ timeoutMs: 2_000 }).move(address, id, 'JunkEmail'));
      expect(error).toMatchObject({ name: 'TemporaryError', outcomeUnknown: true });
      expect(requests('move')).toHaveLength(1);
      expect(placeOf(address)).toEqual(['junkemail']);
    },
  );

  test.each([
    [
      { status: 429, code: 'ApplicationThrottled', retryAfter: 7 },
      { outcomeUnknown: false, retryAfterMs: 7000 },
    ],
    [
      { status: 429, code: 'ErrorTooManyObjectsOpened' },
      { outcomeUnknown: false, retryAfterMs: 60_000 },
    ],
    [
      { status: 500, code: 'ErrorMoveCopyFailed' },
      { outcomeUnknown: true, retryAfterMs: 60_000 },
    ],
    [{ status: 503, code: 'ServiceUnavailable' }, { outcomeUnknown: true }],
    [{ status: 403, code: 'ErrorAccessDenied' }, { code: 'not_authorized' }],
    [{ status: 404, code: 'MailboxNotEnabledForRESTAPI' }, { code: 'no_mailbox' }],
  ])('refused with %o is not repeated', async (fault, expected) => {
    const id = deliver();
    tenant.simulator.faults.add({ mailbox: ANA, route: 'move', fault });
    expect(await caught(tenant.provider.move(ANA, id, 'JunkEmail'))).toMatchObject(expected);
    expect(requests('move')).toHaveLength(1);
    expect(placeOf()).toEqual(['inbox']);
  });

  test('into a mailbox that pauses is refused without a request, and other mailboxes go on', async () => {
    const id = deliver();
    const other = deliver('ben@example.org');
    tenant.simulator.faults.add({ mailbox: ANA, route: 'move', times: 1, fault: { status: 429, retryAfter: 30 } });
    await caught(tenant.provider.move(ANA, id, 'JunkEmail'));
    const error = await caught(tenant.provider.move(ANA, id, 'JunkEmail'));
    expect(error).toMatchObject({ name: 'TemporaryError', outcomeUnknown: false });
    expect((error as TemporaryError).retryAfterMs).toBeGreaterThan(29_000);
    expect(requests('move')).toHaveLength(1);
    expect((await tenant.provider.move('ben@example.org', other, 'JunkEmail')).state).toBe('moved');
    tenant.clock.pass(30_000);
    expect((await tenant.provider.move(ANA, id, 'JunkEmail')).state).toBe('moved');
  });

  test('to a server that is not there cannot have happened', async () => {
    const id = deliver();
    await tenant.provider.readCopy(ANA, id);
    await tenant.simulator.stop();
    // The first one after the stop may have left on a connection that was still open.
    await caught(tenant.provider.move(ANA, id, 'JunkEmail'));
    const error = await caught(tenant.provider.move(ANA, id, 'JunkEmail'));
    expect(error).toMatchObject({ name: 'TemporaryError', outcomeUnknown: false });
  });

  test('to the purges is for good, and for the global cloud only', async () => {
    const id = deliver();
    const result = await tenant.provider.move(ANA, id, 'RecoverableItemsPurges');
    expect(result).toMatchObject({ state: 'moved', copy: { providerMessageId: id, internetMessageId: ID } });
    expect(placeOf()).toEqual(['recoverableitemspurges']);
    expect(await tenant.provider.move(ANA, id, 'RecoverableItemsPurges')).toEqual({ state: 'gone' });
    const national = tenant.another({ graphUrl: 'https://graph.microsoft.us' });
    expect(await caught(national.move(ANA, id, 'RecoverableItemsPurges'))).toMatchObject({ code: 'unsupported' });
  });
});

describe('the quarantine folder', () => {
  test('is hidden, and created once however many move at the same time', async () => {
    const ids = Array.from({ length: 12 }, () => deliver());
    await Promise.all(ids.map((id) => tenant.provider.move(ANA, id, 'Quarantine')));
    expect(requests('createFolder')).toHaveLength(1);
    expect(requests('createFolder')[0]?.requestBody).toEqual({ displayName: 'Reelback Quarantine', isHidden: true });
    expect(new Set(placeOf())).toEqual(new Set(['Reelback Quarantine']));
  });

  test('is found again by a server that has just started', async () => {
    deliver();
    const folder = await tenant.provider.destinationFolder(ANA, 'Quarantine');
    expect(await tenant.another().destinationFolder(ANA, 'Quarantine')).toBe(folder);
    expect(requests('createFolder')).toHaveLength(1);
  });

  test('is found among more folders than a page holds', async () => {
    deliver();
    const mailbox = tenant.simulator.tenant.mailboxOrThrow(ANA);
    for (let n = 0; n < 600; n++) mailbox.createFolder(`Project ${n}`, false);
    const folder = await tenant.provider.destinationFolder(ANA, 'Quarantine');
    expect(await tenant.another().destinationFolder(ANA, 'Quarantine')).toBe(folder);
  });

  test('that another server creates meanwhile is used by both', async () => {
    const id = deliver();
    const mailbox = tenant.simulator.tenant.mailboxOrThrow(ANA);
    tenant.simulator.faults.after(ANA, 'folders', () => mailbox.createFolder('Reelback Quarantine', true));
    expect((await tenant.provider.move(ANA, id, 'Quarantine')).state).toBe('moved');
    expect([...mailbox.folders.values()].filter((folder) => folder.isHidden)).toHaveLength(1);
  });

  test('whose creation was answered by silence is found instead of created again', async () => {
    const id = deliver();
    const fault = { lost: 'silence', afterEffect: true } as const;
    tenant.simulator.faults.add({ route: 'createFolder', times: 1, fault });
    expect((await tenant.another({ timeoutMs: 2_000 }).move(ANA, id, 'Quarantine')).state).toBe('moved');
    expect(requests('createFolder')).toHaveLength(1);
  });

  test('that was deleted is made again, and the move goes there', async () => {
    const id = deliver();
    const first = await tenant.provider.destinationFolder(ANA, 'Quarantine');
    tenant.simulator.tenant.mailboxOrThrow(ANA).createFolder('Projects', false);
    tenant.simulator.userDeletesFolder(ANA, 'Reelback Quarantine');
    const result = await tenant.provider.move(ANA, id, 'Quarantine');
    expect(result.state).toBe('moved');
    expect(await tenant.provider.destinationFolder(ANA, 'Quarantine')).not.toBe(first);
    expect(placeOf()).toEqual(['Reelback Quarantine']);
  });

  test.each(['Reelback Quarantine', 'reelback quarantine'])('never is a visible one: %s', async (visible) => {
    const id = deliver();
    const mailbox = tenant.simulator.tenant.mailboxOrThrow(ANA);
    mailbox.createFolder(visible, false);
    await tenant.provider.move(ANA, id, 'Quarantine');
    const [copy] = tenant.simulator.copies(ANA);
    expect(mailbox.folders.get(copy?.folder ?? '')).toMatchObject({ isHidden: true });
    expect(await tenant.another().destinationFolder(ANA, 'Quarantine')).toBe(copy?.folder);
  });

  test('has a name for people, and so has any folder; an unreadable one shows its id', async () => {
    deliver();
    const folder = await tenant.provider.destinationFolder(ANA, 'Quarantine');
    expect(await tenant.provider.folderName(ANA, folder)).toBe('Reelback Quarantine');
    expect(await tenant.provider.folderName(ANA, await tenant.provider.destinationFolder(ANA, 'Inbox'))).toBe('Inbox');
    expect(await tenant.provider.folderName(ANA, 'AAMkNothing')).toBe('AAMkNothing');
  });
});

describe('a restore', () => {
  const retracted = async (delivery = {}) => {
    const id = deliver(ANA, delivery);
    const before = await tenant.provider.readCopy(ANA, id);
    if (!before) throw new Error('not delivered');
    await tenant.provider.move(ANA, id, 'Quarantine');
    return { id, before };
  };

  test('puts folder, read state, flag and categories back, and may run twice', async () => {
    const { id, before } = await retracted({ folder: 'archive', flag: 'complete', categories: ['Red'] });
    tenant.simulator.userReads(ANA, id, true);
    const result = await tenant.provider.restore(ANA, id, before);
    expect(result).toEqual({ state: 'restored', copy: before, fallback: false });
    expect(await tenant.provider.readCopy(ANA, id)).toEqual(before);
    tenant.simulator.log.clear();
    expect(await tenant.provider.restore(ANA, id, before)).toEqual(result);
    expect([...requests('move'), ...requests('patch')]).toHaveLength(0);
  });

  test('goes to the inbox when the folder is gone, says so, and stays there when it runs twice', async () => {
    tenant.simulator.addMailbox(ANA);
    tenant.simulator.tenant.mailboxOrThrow(ANA).createFolder('Invoices', false);
    const { id, before } = await retracted({ folder: 'Invoices' });
    tenant.simulator.userDeletesFolder(ANA, 'Invoices');
    for (let run = 0; run < 2; run++) {
      const result = await tenant.provider.restore(ANA, id, before);
      expect(result).toMatchObject({ state: 'restored', fallback: true });
      expect(placeOf()).toEqual(['inbox']);
    }
    expect(requests('move')).toHaveLength(2);
  });

  test('of a copy that was purged meanwhile is gone', async () => {
    const { id, before } = await retracted();
    tenant.simulator.remove(ANA, id);
    expect(await tenant.provider.restore(ANA, id, before)).toEqual({ state: 'gone' });
  });

  test('whose answer was lost is finished by the next one', async () => {
    const { id, before } = await retracted();
    tenant.simulator.faults.add({ route: 'move', times: 1, fault: { lost: 'reset', afterEffect: true } });
    expect(await caught(tenant.provider.restore(ANA, id, before))).toMatchObject({ outcomeUnknown: true });
    expect(await tenant.provider.restore(ANA, id, before)).toEqual({
      state: 'restored',
      copy: before,
      fallback: false,
    });
    expect(requests('move')).toHaveLength(2);
  });
});

describe('many moves', () => {
  const many = addresses(45);
  const deliverToMany = () => {
    tenant.simulator.addMailboxes(many.length, 'example.org');
    return many.map((mailbox) => ({ mailbox, providerMessageId: tenant.simulator.deliver(mailbox, mail(ID)) }));
  };
  const states = async (copies: { mailbox: string; providerMessageId: string }[]) =>
    (await tenant.provider.moveMany?.(copies, 'Quarantine'))?.map((outcome) => {
      if (outcome.ok) return outcome.value.state;
      return outcome.error instanceof PermanentError ? outcome.error.code : `unknown ${outcome.error.outcomeUnknown}`;
    });

  test('go in batches of twenty and answer in input order', async () => {
    const copies = deliverToMany();
    tenant.simulator.remove(many[5] as string, ID);
    tenant.simulator.faults.add({ mailbox: many[9], route: 'move', fault: { status: 429, retryAfter: 60 } });
    tenant.simulator.denied.add(many[30] as string);
    const expected = many.map(() => 'moved');
    expected[5] = 'gone';
    expected[9] = 'unknown false';
    expected[30] = 'not_authorized';
    expect(await states(copies)).toEqual(expected);
    expect(new Set(requests('move').flatMap((move) => move.batch ?? [])).size).toBeLessThanOrEqual(3);
    for (const [at, mailbox] of many.entries()) {
      const place = expected[at] === 'moved' ? ['Reelback Quarantine'] : expected[at] === 'gone' ? [] : ['inbox'];
      expect(placeOf(mailbox)).toEqual(place);
    }
  });

  test('of which one loses the answer leave the whole batch unknown, and none is sent twice', async () => {
    const copies = deliverToMany();
    for (const mailbox of many) await tenant.provider.destinationFolder(mailbox, 'Quarantine');
    const fault = { lost: 'reset', afterEffect: true } as const;
    tenant.simulator.faults.add({ mailbox: many[3], route: 'move', times: 1, fault });
    const outcomes = await states(copies);
    expect(outcomes?.filter((state) => state === 'unknown true')).toHaveLength(20);
    expect(outcomes?.filter((state) => state === 'moved')).toHaveLength(25);
    expect(requests('move')).toHaveLength(45);
  });

  test('beyond a hundred a minute in one mailbox come later', async () => {
    const copies = Array.from({ length: 130 }, () => ({ mailbox: ANA, providerMessageId: deliver() }));
    const outcomes = await states(copies);
    expect(outcomes?.filter((state) => state === 'moved').length).toBeGreaterThanOrEqual(99);
    expect(outcomes?.filter((state) => state === 'unknown false').length).toBeGreaterThanOrEqual(30);
    expect(new Set(placeOf())).toEqual(new Set(['inbox', 'Reelback Quarantine']));
  });

  test('in one mailbox are at most two at a time', async () => {
    const copies = Array.from({ length: 9 }, () => ({ mailbox: ANA, providerMessageId: deliver() }));
    tenant.simulator.settings.latencyMs = 20;
    let most = 0;
    const busy = tenant.simulator.tenant.mailboxOrThrow(ANA).load;
    const watch = setInterval(() => {
      most = Math.max(most, busy.inFlight);
    }, 1);
    expect(new Set(await states(copies))).toEqual(new Set(['moved']));
    clearInterval(watch);
    expect(most).toBe(2);
  });
});
