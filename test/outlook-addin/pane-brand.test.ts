/** The pane in the colours of the organisation, in a browser with the pane's own content security policy. */
import { type Stage, startStage, story, title } from './pane-stage.ts';
import { aView } from './views.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await startStage();
}, 120_000);
afterAll(() => stage?.stop());

test('name, colour, thanks and contact are shown, and markup in them is text', async () => {
  const view = aView({ status: 'concluded', outcome_disposition: 'MALICIOUS' });
  const brand = {
    organisation: '<i>Works</i>',
    colour: '#114455',
    thanks: 'Thank you from IT',
    contact: 'IT desk, 4711',
  };
  const branded = { ...view, pane: { ...view.pane, brand } };
  const page = await stage.open({ reply: story(branded, [branded]) });
  await page.getByRole('button', { name: 'Send report' }).click();
  await title(page, 'This is phishing');
  await page.getByText('<i>Works</i>').waitFor();
  await page.getByText('Thank you from IT').waitFor();
  await page.getByText('IT desk, 4711').waitFor();
  const ground = await page.locator('.brand').evaluate((element) => getComputedStyle(element).backgroundColor);
  expect(ground).toBe('rgb(17, 68, 85)');
});
