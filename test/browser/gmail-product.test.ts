/** The built add-on in the Gmail page against the real server: from the press of the button to the vanished copy. */
import type { Google } from '../../simulator/google.ts';
import { House } from '../flow/house.ts';
import { lure, mail } from '../flow/mail.ts';
import { GmailStage, type GmailVisit } from './gmail-stage.ts';

jest.setTimeout(150_000);
const ana = 'ana@lab.example.org';
const ben = 'ben@lab.example.org';
const outlook = 'carla@example.org';
let house: House;
let google: Google;
let stage: GmailStage;
let visit: GmailVisit;

beforeAll(async () => {
  house = await House.start({ google: true });
  google = house.simulator.google;
  google.addMailbox(ana, { displayName: 'Ana Sommer' });
  google.addMailbox(ben, { displayName: 'Ben Adler' });
  house.simulator.addMailbox(outlook, { displayName: 'Carla Voss' });
  stage = await GmailStage.start(house.simulator, await house.url());
}, 120_000);
afterAll(async () => {
  await stage?.stop();
  await house?.stop();
});
afterEach(() => visit?.leave());

let campaigns = 0;
function campaign(): { subject: string; id: string } {
  campaigns += 1;
  const id = `<gmail-lure-${campaigns}@x.test>`;
  const wording = `in ${campaigns} weeks`;
  for (const address of [ana, ben]) google.deliver(address, lure(id, address, wording));
  house.simulator.deliver(outlook, lure(id, outlook, wording));
  return { subject: `password expires ${wording}`, id };
}

const labelsOf = (address: string, id: string) =>
  google.copies(address).find(({ internetMessageId }) => internetMessageId === id)?.labelIds ?? [];

test('a campaign that is reported from Gmail is taken out of both suites', async () => {
  const { subject, id } = campaign();
  visit = await stage.sit(ana);
  await visit.open(subject);
  await visit.press('Send report');
  await visit.checkUntil('This is phishing');
  await visit.checkUntil(/3 copies were removed/);
  await visit.inspect('product-verdict');
  await visit.page.getByText('This message now lies in Bin.').waitFor();
  for (const address of [ana, ben]) {
    expect(labelsOf(address, id)).toContain('TRASH');
    expect(labelsOf(address, id)).not.toContain('INBOX');
  }
  expect(house.folderOf(outlook, id)).toBe('Reelback Quarantine');
});

test('I was wrong puts everything back where it was', async () => {
  const { subject, id } = campaign();
  visit = await stage.sit(ana);
  await visit.open(subject);
  await visit.press('Send report');
  await visit.checkUntil(/3 copies were removed/);
  await visit.press('I was wrong');
  await visit.press('Take it back');
  await visit.says('You took your report back');
  await visit.checkUntil(/put back|back where/i);
  await visit
    .row(subject)
    .waitFor({ state: 'attached' })
    .catch(() => undefined);
  for (let tries = 0; tries < 50 && !labelsOf(ben, id).includes('INBOX'); tries++) {
    await visit.page.waitForTimeout(200);
  }
  expect(labelsOf(ana, id)).toContain('INBOX');
  expect(labelsOf(ben, id)).toContain('INBOX');
  expect(house.folderOf(outlook, id)).toBe('inbox');
  await visit.inspect('product-withdrawn');
});

test('a harmless mail stays where it is', async () => {
  const results =
    'mx.google.com; spf=pass smtp.mailfrom=lab.example.org; dkim=pass header.d=lab.example.org; dmarc=pass header.from=lab.example.org';
  const text = `Hi Ana,

on Tuesday we agreed to close the release branch on Friday, after the last merge. The patch for the parser still fails one
test on my machine. I keep the old format until version 4; I think nobody objected.

Regards, Ben`;
  const headers = [`Authentication-Results: ${results}`];
  google.deliver(
    ana,
    mail({
      messageId: '<minutes@lab.example.org>',
      to: ana,
      from: `Ben Adler <${ben}>`,
      subject: 'Re: Minutes',
      headers,
      text,
    }),
  );
  visit = await stage.sit(ana);
  await visit.open('Re: Minutes');
  await visit.press('Send report');
  await visit.checkUntil('We found nothing dangerous in it');
  expect(labelsOf(ana, '<minutes@lab.example.org>')).toContain('INBOX');
});

test('while the administrator’s delegation is revoked the card is calm, nothing moves, and the report is not lost', async () => {
  const { subject, id } = campaign();
  google.revokeDelegation();
  try {
    visit = await stage.sit(ana);
    await visit.open(subject);
    await visit.press('Send report');
    // What the add-on could send is judged; without the original nothing moves before a person has looked.
    await visit.checkUntil('This is phishing');
    await visit.says(/a person on your security team looks before anything is removed/);
    await visit.inspect('product-revoked');
    for (const address of [ana, ben]) expect(labelsOf(address, id)).toContain('INBOX');
  } finally {
    google.grantDelegation();
  }
});
