/** The card of an answer shows whose it is and whom to ask, as plain text. */
import { cardOf } from '../../gmail-addon/card.ts';
import { shownView } from '../../gmail-addon/screen.ts';
import { aView } from '../outlook-addin/views.ts';

const screen = (brand: object | undefined) => {
  const view = aView({ status: 'concluded', outcome_disposition: 'MALICIOUS' });
  const shown = shownView({ ...view, pane: { ...view.pane, ...(brand ? { brand } : {}) } });
  return { at: 'result', view: shown, known: false, asOf: 0, stale: false, exposed: false } as never;
};
const manner = { language: 'en' as const, time: () => '10:00', origin: 'https://r.example.org' };

test('name, thanks and contact are on the card; without them it is as it was', () => {
  const brand = { organisation: 'Example <b>Works</b>', thanks: 'Thank you from IT', contact: 'IT desk, 4711' };
  const card = cardOf(screen(brand), manner);
  const texts = card.sections.flatMap(({ widgets }) => widgets.flatMap((w) => (w.kind === 'text' ? [w.text] : [])));
  expect(card.subtitle).toBe('Example <b>Works</b>');
  expect(texts).toEqual(expect.arrayContaining(['Thank you from IT', 'IT desk, 4711']));
  const bare = cardOf(screen(undefined), manner);
  expect(bare.subtitle).toBeUndefined();
  expect(JSON.stringify(bare)).not.toContain('IT desk');
});
