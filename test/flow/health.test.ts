import { House } from './house.ts';
import { colleague } from './mail.ts';

test('a server is ready once database, queue and a worker answer, and says which does not', async () => {
  const house = await House.start();
  try {
    house.simulator.deliver('ana@example.org', colleague('<m@example.org>'));
    const ready = async () => {
      const response = await fetch(`${await house.url()}/readyz`);
      return { code: response.status, ...((await response.json()) as { checks: { name: string; ok: boolean }[] }) };
    };
    expect(await ready()).toMatchObject({
      code: 200,
      checks: [
        { name: 'database', ok: true },
        { name: 'queue', ok: true },
        { name: 'worker', ok: true },
      ],
    });
  } finally {
    await house.stop();
  }
});

test('a report that names another provider than its token is refused', async () => {
  const house = await House.start();
  try {
    house.simulator.deliver('ana@example.org', colleague('<m@example.org>'));
    const response = await house.post('ana@example.org', '<m@example.org>', { body: { provider: 'google' } });
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ code: 'provider_mismatch', pointer: '/provider' });
  } finally {
    await house.stop();
  }
});
