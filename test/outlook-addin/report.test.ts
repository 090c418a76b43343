import { openItem } from '../../outlook-addin/office.ts';
import { collect, send } from '../../outlook-addin/report.ts';
import { type FakeOffice, officeObject, plainOffice } from './fake-office.ts';

const press = { key: 'k', type: 'phish' as const, comment: ` ${'x'.repeat(3000)} `, exposure: [] };
const MAX = 31_457_280;

function outlook(changes: Partial<FakeOffice> = {}) {
  const office = officeObject({ ...plainOffice, ...changes }, {});
  (globalThis as { Office?: unknown }).Office = office;
  return office;
}
afterEach(() => {
  delete (globalThis as { Office?: unknown }).Office;
});

test('a comment is cut at the limit of the contract', async () => {
  outlook();
  const request = await collect(openItem()!, press, MAX, 1_000);
  expect(request.comment).toHaveLength(2000);
});

test('a message above the limit goes by its ids', async () => {
  outlook({ original: 'QUJD'.repeat(1000) });
  expect(await collect(openItem()!, press, 3000, 1_000)).toHaveProperty('raw_message');
  expect(await collect(openItem()!, press, 2999, 1_000)).not.toHaveProperty('raw_message');
});

test('bytes read after the reader moved on to another message are not sent under the ids of the first', async () => {
  const office = outlook();
  const item = openItem()!;
  const reading = collect(item, press, MAX, 1_000);
  office.context.mailbox.item!.itemId = 'another';
  const request = await reading;
  expect(request.provider_message_id).toBe('AAMk-a_b=');
  expect(request).not.toHaveProperty('raw_message');
  office.context.mailbox.item = null;
  expect(await collect(item, press, MAX, 1_000)).not.toHaveProperty('raw_message');
});

test('line breaks in the base64 of a host are no reason to lose the bytes', async () => {
  outlook({ original: 'QUJD\r\nQUI=\r\n' });
  expect(await collect(openItem()!, press, MAX, 1_000)).toMatchObject({ raw_message: 'QUJDQUI=', fidelity: 'exact' });
});

test('only a message that was sent with its bytes is sent again without them', async () => {
  let calls = 0;
  const api = {
    submit: async () => {
      calls++;
      return { ok: false as const, trouble: 'too_large' as const, status: 413, retryAfterMs: null, problem: null };
    },
  };
  const request = { provider: 'microsoft365' as const, mailbox: 'ana@example.org', type: 'phish' as const };
  const options = { token: 't', key: 'k', ms: 1_000 };
  await send(api as never, request, options);
  expect(calls).toBe(1);
  await send(api as never, { ...request, raw_message: 'QQ==', fidelity: 'exact' }, options);
  expect(calls).toBe(3);
});
