/** Destinations (product specification, section 12): wire names, what each does in each suite, and who may choose it. */
import { Value } from 'typebox/value';
import { de } from '../../server/dashboard/words-de.ts';
import { en } from '../../server/dashboard/words-en.ts';
import { gmailEffect, graphEffect } from '../../server/mailboxes/destination-effect.ts';
import { DEFAULT_SETTINGS } from '../../server/policies/settings.ts';
import { RetractionSettings } from '../../shared/api.ts';
import { MoveRequest } from '../../shared/effects.ts';
import { AUTOMATIC_DESTINATIONS, DESTINATIONS } from '../../shared/retraction.ts';

const automatic = (destination: string) =>
  Value.Check(RetractionSettings, {
    destinations: { ...DEFAULT_SETTINGS.retraction.destinations, MALICIOUS: destination },
    paused: false,
  });
const byHand = (destination: string) => Value.Check(MoveRequest, { ids: ['msg_1'], destination });

test('No Action: recorded, nothing is moved, and no retraction goes there', () => {
  expect(automatic('NoAction')).toBe(true);
  expect(byHand('NoAction')).toBe(false);
});

test.each([
  ['Junk Email', 'JunkEmail'],
  ['Trash', 'DeletedItems'],
])('%s is %s on the wire, in both suites, and comes back exactly', (_, destination) => {
  expect(DESTINATIONS).toContain(destination);
  expect([automatic(destination), byHand(destination)]).toEqual([true, true]);
  expect(graphEffect(destination as 'JunkEmail', true)).toMatchObject({ supported: true, undo: 'exact' });
  expect(gmailEffect(destination as 'JunkEmail')).toMatchObject({ supported: true, undoDays: 30 });
});

test('Soft Delete, user recoverable, is RecoverableItemsDeletions: Microsoft only', () => {
  expect([automatic('RecoverableItemsDeletions'), byHand('RecoverableItemsDeletions')]).toEqual([true, true]);
  expect(graphEffect('RecoverableItemsDeletions', true)).toMatchObject({ supported: true, undo: 'limited' });
  expect(gmailEffect('RecoverableItemsDeletions').supported).toBe(false);
});

test('Hard Delete, admin recoverable, is RecoverableItemsPurges: by a person only, gone for everybody in Gmail', () => {
  expect([automatic('RecoverableItemsPurges'), byHand('RecoverableItemsPurges')]).toEqual([false, true]);
  expect(gmailEffect('RecoverableItemsPurges').undo).toBe('none');
  expect(graphEffect('RecoverableItemsPurges', false).supported).toBe(false);
});

test('Inbox is by hand only: it puts back', () => {
  expect([automatic('Inbox'), byHand('Inbox')]).toEqual([false, true]);
});

test('Quarantine is ours, the default, and comes back exactly', () => {
  expect(DEFAULT_SETTINGS.retraction.destinations.MALICIOUS).toBe('Quarantine');
  expect(graphEffect('Quarantine', true).undo).toBe('exact');
});

test('one choice for each disposition: malicious, suspicious, spoof, spam, bulk; none for NONE', () => {
  expect(Object.keys(DEFAULT_SETTINGS.retraction.destinations)).toEqual([
    'MALICIOUS',
    'SUSPICIOUS',
    'SPOOF',
    'SPAM',
    'BULK',
  ]);
  const { destinations } = DEFAULT_SETTINGS.retraction;
  expect(Value.Check(RetractionSettings, { destinations: { ...destinations, NONE: 'Inbox' }, paused: false })).toBe(
    false,
  );
});

test('every destination has its words on the screen, in both languages', () => {
  for (const words of [en, de])
    expect(
      [...AUTOMATIC_DESTINATIONS, 'Inbox', 'RecoverableItemsPurges'].filter((d) => !(d in words.destination)),
    ).toEqual([]);
});
