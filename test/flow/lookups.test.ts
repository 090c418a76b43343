/** What the internet says of a mail that its words do not give away: the age of a domain, and the page behind a link. */
import { type Internet, startInternet } from '../../simulator/internet/internet.ts';
import { buildLureWorker } from '../lookups/built-worker.ts';
import { House } from './house.ts';
import { mail } from './mail.ts';

const ID = '<minutes-7@partner-office.example>';
const PEOPLE = ['ana@example.org', 'ben@example.org'];
const quiet = mail({
  messageId: ID,
  from: 'Carla Young <carla@partner-office.example>',
  subject: 'Minutes of Tuesday',
  headers: [
    'Authentication-Results: mx.example.org; spf=pass smtp.mailfrom=partner-office.example; dkim=pass; dmarc=pass header.from=partner-office.example',
  ],
  html: `<p>Hi Ana,</p><p>thanks for Tuesday. The minutes are <a href="https://files.minutes-share.test/tuesday#ana@example.org">in the folder</a>.</p><p>Carla</p>`,
});
const page = '<title>Sign in to your account</title><img alt="Microsoft" src="x"><form><input type="password"></form>';

let internet: Internet;
let house: House;
const worker = buildLureWorker();
beforeAll(async () => {
  internet = await startInternet();
  internet.registry.register('minutes-share.test', new Date('2026-11-18T08:00:00Z'));
  internet.sites.put('files.minutes-share.test', page);
  house = await House.start({
    lureWorker: worker.file,
    env: { REELBACK_RDAP: internet.rdapUrl, REELBACK_LURES: '1', REELBACK_LURE_DOUBLE: internet.url },
  });
  for (const person of PEOPLE) {
    house.simulator.addMailbox(person);
    house.simulator.deliver(person, quiet);
  }
});
afterAll(async () => {
  await house.stop();
  await internet.stop();
  worker.remove();
});

test('ages are asked for, links are not until an administrator says so; then a false page behind one is proof', async () => {
  const first = await house.untilConcluded(await house.report('ana@example.org', ID));
  expect(first.attributes).toEqual(['NEW_DOMAIN_LINK=2026-11-18 08:00:00 UTC']);
  expect(first.coverage_missing).toContain('crawl');
  expect(first.coverage_missing).not.toContain('rdap');
  expect(first.outcome_disposition).not.toBe('MALICIOUS');
  expect(internet.registry.asked.sort()).toEqual(['minutes-share.test', 'partner-office.example']);
  expect(internet.sites.asked).toEqual([]);

  await house.put('lures', { mode: 'on' });
  const second = await house.untilRetraction(await house.report('ben@example.org', ID), ['done']);
  expect(second.outcome_disposition).toBe('MALICIOUS');
  expect(second.coverage_missing).not.toContain('crawl');
  expect(second.reasons[0]).toMatchObject({ id: 'url.lure_page', severity: 'critical' });
  expect(second.retraction?.copies).toMatchObject({ retracted: 2 });
  // One request, and nothing in it that names the reader.
  expect(internet.sites.asked).toEqual(['GET files.minutes-share.test/tuesday']);
  // The second mail of the same domains asked nobody again: the store remembers.
  expect(internet.registry.asked).toHaveLength(2);
});
