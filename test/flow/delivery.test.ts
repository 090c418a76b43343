/** A mail is delivered in both suites and seen as ordinary; one report and an analyst make PDR take back the rest. */
import type { RetractionView } from '../../shared/api.ts';
import type { WatchStatus } from '../../shared/delivery.ts';
import { House } from './house.ts';

const [ANA, BEN, GINA] = ['ana@example.org', 'ben@example.org', 'gina@lab.example.org'] as const;

/** Ordinary to a machine: a supplier's note, authenticated, with one link of its own. */
function note(to: string, n: number): string {
  return [
    'Received: from mail.supplier.example (mail.supplier.example [192.0.2.20]) by mx.example.org; Fri, 20 Nov 2026 08:59:00 +0000',
    'Authentication-Results: mx.example.org; spf=pass smtp.mailfrom=supplier.example; dkim=pass header.d=supplier.example; dmarc=pass header.from=supplier.example',
    'From: Paula Brandt <paula@supplier.example>',
    `To: <${to}>`,
    'Subject: Your order of paper and toner',
    'Date: Fri, 20 Nov 2026 08:58:00 +0000',
    `Message-ID: <order-${n}@supplier.example>`,
    'MIME-Version: 1.0',
    'Content-Type: text/html; charset=utf-8',
    '',
    `<html><body><p>Good morning,</p><p>thank you for the order. The boxes leave our warehouse on Tuesday and should be with you
on Wednesday before noon. The delivery note is in the <a href="https://portal.supplier.example/notes">portal</a>.</p>
<p>Kind regards<br>Paula Brandt</p></body></html>`,
    '',
  ].join('\r\n');
}

let house: House;
beforeEach(async () => {
  // PSR would take it back as soon as the analyst has spoken, and share that with PDR.
  house = await House.start({ google: true, psr: 'off', env: { REELBACK_PDR_DELAYS: '30d' } });
  for (const person of [ANA, BEN]) house.simulator.addMailbox(person);
  house.simulator.google.addMailbox(GINA);
  house.simulator.google.addMailbox('kim@lab.example.org');
});
afterEach(() => house.stop());

/** A person may ask 1,200 times a minute. */
const pause = () => new Promise((resolve) => setTimeout(resolve, 200));
const status = async () => {
  await pause();
  return (await (await house.fetch('/api/v1/watching')).json()) as WatchStatus;
};
const retractions = async () => {
  await pause();
  return ((await (await house.fetch('/api/v1/retractions')).json()) as { items: RetractionView[] }).items;
};

test('nobody but one reported it: a confirmed case reaches every delivered copy, in preview first, over a restart', async () => {
  await house.put('pdr', { mode: 'preview' });
  await house.put('watch', { mailboxes: ['*'], every_seconds: 1, look_back_hours: 0 });
  await house.until(async () => (await status()).begun === 4, 30_000, 'the mailboxes are not watched');

  for (const person of [ANA, BEN]) house.simulator.deliver(person, note(person, 1));
  house.simulator.google.deliver(GINA, note(ANA, 1));
  await house.until(async () => (await status()).seen_today === 1, 30_000, 'the mail was not seen');
  await house.restart();
  // Seen once, with three copies; the one in Gmail may come a moment later.
  const hits = async () => {
    const found = await house.fetch('/api/v1/messages?query=toner&detections_only=false');
    return ((await found.json()) as { items: { id: string; final_disposition: string }[] }).items;
  };
  const [mail, ...others] = await hits();
  expect([mail?.final_disposition, others]).toEqual(['NONE', []]);
  const copies = async () => {
    const detail = await (await house.fetch(`/api/v1/messages/${mail!.id}`)).json();
    return (detail as { copies: { mailbox: string }[] }).copies.map((copy) => copy.mailbox).sort();
  };
  await house.until(async () => (await copies()).length === 3, 30_000, 'not all copies were seen');
  expect(await copies()).toEqual([ANA, BEN, GINA]);

  const id = await house.report(BEN, 'Your order of paper and toner');
  expect(await house.untilConcluded(id)).toMatchObject({ message: mail!.id, retraction: null });
  const said = await house.fetch('/api/v1/messages/reclassify', {
    method: 'POST',
    body: JSON.stringify({ ids: [mail!.id], disposition: 'MALICIOUS' }),
  });
  expect([200, 201, 202]).toContain(said.status);
  const ofCause = async (preview: boolean) =>
    (await retractions()).find((one) => one.cause === 'pdr' && one.preview === preview);
  await house.until(async () => (await ofCause(true))?.copies.found === 3, 90_000, 'PDR previewed nothing');
  expect(house.folderOf(ANA, 'Your order of paper and toner')).toBe('inbox');

  await house.put('pdr', { mode: 'on' });
  const again = await house.fetch(`/api/v1/retractions/${(await ofCause(true))!.id}/approve`, {
    method: 'POST',
    body: '{}',
  });
  expect(again.status).toBe(200);
  await house.until(
    async () => (await retractions()).some((one) => one.copies.retracted === 3),
    60_000,
    'not taken back',
  );
  expect(house.folderOf(ANA, 'Your order of paper and toner')).not.toBe('inbox');
  expect(house.simulator.google.copies(GINA)[0]?.labels).toContain('TRASH');
}, 240_000);
