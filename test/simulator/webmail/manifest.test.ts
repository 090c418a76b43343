import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { readManifest } from '../../../simulator/webmail/manifest.ts';

const fixture = readFileSync(join(process.cwd(), 'test/fixtures/addin/manifest.xml'), 'utf8');
const product = readFileSync(join(process.cwd(), 'manifest.xml'), 'utf8');

test('the newest version overrides are read, strings in the host’s language', () => {
  const english = readManifest(fixture, 'en-US');
  expect(english).toMatchObject({
    displayName: 'Plain add-in',
    permissions: 'ReadItem',
    supportsSharedFolders: true,
    panes: [{ controlId: 'openPane', label: 'Open pane', url: 'https://addin.example.org/pane.html', pinnable: true }],
  });
  expect(english.report).toMatchObject({
    controlId: 'reportButton',
    functionName: 'onSpamReport',
    handlerUrl: 'https://addin.example.org/commands.html',
    icons: { 16: 'https://addin.example.org/icon.svg' },
    dialog: {
      options: { title: 'What is it?', input: 'radio', labels: ['Phishing', 'Spam'] },
      freeTextLabel: 'Anything else?',
      moreInfo: { text: 'About reporting', url: 'https://addin.example.org/about.html' },
      neverShowAgain: false,
    },
  });
  const german = readManifest(fixture, 'de-DE');
  expect(german.displayName).toBe('Schlichtes Add-In');
  expect(german.panes[0]?.label).toBe('Bereich öffnen');
});

test('an override for a language serves its regions, and a missing one falls back', () => {
  expect(readManifest(fixture, 'de-AT').report?.dialog.title).toBe('Diese Nachricht melden');
  expect(readManifest(fixture, 'fr-FR').report?.dialog.title).toBe('Report this message');
});

test('the product’s own manifest names a handler, a pane and a dialog in both languages', () => {
  for (const locale of ['en-US', 'de-DE']) {
    const addin = readManifest(product, locale);
    expect(addin.report?.functionName).toBe('onSpamReport');
    expect(addin.panes.map((it) => it.controlId)).toContain('openVerdictPane');
    const { dialog } = addin.report ?? { dialog: null };
    for (const text of [dialog?.title, dialog?.description, dialog?.freeTextLabel, dialog?.moreInfo?.url]) {
      expect(text).toBeTruthy();
    }
    expect(dialog?.options?.labels.every(Boolean)).toBe(true);
  }
});

test('a resource that is not there leaves an empty word, not a crash', () => {
  const broken = fixture.replace('resid="Dialog.Title"', 'resid="Nobody"');
  expect(readManifest(broken, 'en-US').report?.dialog.title).toBe('');
});

test('what is no mail manifest is refused with a line, whatever it is', () => {
  for (const text of ['', '<html></html>', '<OfficeApp xsi:type="TaskPaneApp"/>', '{"a":1}']) {
    expect(() => readManifest(text, 'en-US')).toThrow('not the manifest of a mail add-in');
  }
  fc.assert(
    fc.property(fc.nat(fixture.length), fc.string({ maxLength: 6 }), (at, junk) => {
      try {
        readManifest(fixture.slice(0, at) + junk + fixture.slice(at + junk.length), 'de-DE');
      } catch (error) {
        expect((error as Error).message).toBe('not the manifest of a mail add-in');
      }
    }),
    { numRuns: 300 },
  );
});
