import { mail, startTenant, type TestTenant } from './tenant.ts';

let tenant: TestTenant;
beforeEach(async () => {
  tenant = await startTenant();
});
afterEach(() => tenant.simulator.stop());

test('EWS, REST and immutable spellings name the same copy', async () => {
  for (let n = 0; n < 20; n++) tenant.simulator.deliver('ana@example.org', mail(`<${n}@lure.example>`));
  for (const item of tenant.simulator.tenant.mailboxOrThrow('ana@example.org').list()) {
    const ewsId = item.id.replaceAll('-', '/').replaceAll('_', '+');
    for (const spelled of [item.id, ewsId, item.immutableId]) {
      expect(await tenant.provider.toImmutableId('ana@example.org', spelled)).toBe(item.immutableId);
    }
  }
});

test.each(['', 'nonsense', '../../ben@example.org/messages/x', 'x'.repeat(5_000), "a'b\r\nc"])(
  'what is no id of this mailbox is null (%#)',
  async (id) => {
    tenant.simulator.addMailbox('ana@example.org');
    expect(await tenant.provider.toImmutableId('ana@example.org', id)).toBeNull();
  },
);

test("another mailbox's id is null", async () => {
  tenant.simulator.addMailbox('ana@example.org');
  const id = tenant.simulator.deliver('ben@example.org', mail('<one@lure.example>'));
  expect(await tenant.provider.toImmutableId('ana@example.org', id)).toBeNull();
});

test('the raw bytes are exact, whatever they are', async () => {
  const bytes = new Uint8Array([...Buffer.from(mail('<one@lure.example>')), 0xff, 0x00, 0xc3, 0x28, 0x0a]);
  const id = tenant.simulator.deliver('ana@example.org', bytes);
  expect(await tenant.provider.readRaw('ana@example.org', id)).toEqual(bytes);
});

test('a read is tried again until it succeeds', async () => {
  const id = tenant.simulator.deliver('temperror@example.org', mail('<one@lure.example>'));
  const lost = tenant.simulator.deliver('ana@example.org', mail('<one@lure.example>'));
  tenant.simulator.faults.add({ mailbox: 'ana@example.org', times: 2, fault: { lost: 'reset' } });
  expect(await tenant.provider.readRaw('temperror@example.org', id)).not.toBeNull();
  expect(await tenant.provider.readRaw('ana@example.org', lost)).not.toBeNull();
});
