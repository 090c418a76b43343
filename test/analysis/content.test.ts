import { findingsOf } from './mail.ts';

test.each([
  ['text.credential', 'Please verify your account information to continue.'],
  ['text.credential', 'Bitte bestätigen Sie Ihre Daten.'],
  ['text.credential', 'Veuillez confirmer vos informations.'],
  ['text.credential', 'Verifique su identidad ahora.'],
  ['text.account_threat', 'Your mailbox will be deactivated.'],
  ['text.account_threat', 'Ihr Konto wurde vorübergehend gesperrt.'],
  ['text.urgency', 'Act within 24 hours.'],
  ['text.urgency', 'Handeln Sie innerhalb von 24 Stunden.'],
  ['text.bank_change', 'Please note our new bank details for all payments.'],
  ['text.callback', 'If you did not authorise this charge, call our team at +1 (808) 555-0142 today.'],
  [
    'text.extortion',
    'I have full access to your device and recorded through your webcam. Send $900 in bitcoin or the video goes to your contacts.',
  ],
  ['text.advance_fee', 'I am the next of kin of a late client who left 4.5 million dollars.'],
  ['text.gift_card', 'I need you to buy some gift cards for a client.'],
  ['text.gift_card', 'Ich brauche Geschenkkarten zu je 100 Euro. Bitte besorgen Sie sie diskret.'],
  ['text.delivery_fee', 'Your parcel is on hold because a customs fee is unpaid.'],
  ['text.delivery_fee', 'Ihr Paket wartet wegen einer offenen Zollgebühr.'],
  ['text.errand', 'Are you available right now?'],
  ['text.prize', 'Congratulations, you have been selected. Claim your reward.'],
  ['text.crypto', 'Enter your recovery phrase to keep your wallet.'],
])('%s: %s', async (id, text) => {
  expect(await findingsOf({ text })).toContain(id);
});

test.each(['Please click "Enable Content" to view it.', 'Klicken Sie auf „Inhalt aktivieren“, damit man etwas sieht.'])(
  'beside a file, %s asks for macros',
  async (text) => {
    const file = '--mm\r\nContent-Disposition: attachment; filename=a.xlsm\r\n\r\nPK\r\n--mm--';
    const headers = { 'Content-Type': 'multipart/mixed; boundary=mm' };
    const withFile = `--mm\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n${text}\r\n${file}`;
    expect(await findingsOf({ headers, text: withFile })).toContain('text.macro_prompt');
    expect(await findingsOf({ text })).not.toContain('text.macro_prompt');
  },
);

test('a threat, a demand and a deadline in one mail are pressure', async () => {
  const text = 'Unusual sign-in activity. Verify your account within 24 hours or it will be suspended.';
  expect(await findingsOf({ text })).toContain('text.pressure');
});

test('words broken by invisible letters are read as what they look like, and said', async () => {
  const text = 'Ver\u200bify yo\u200bur acc\u200bount pass\u200bword now';
  const ids = await findingsOf({ text });
  expect(ids).toContain('text.broken_words');
  expect(ids).toContain('text.credential');
});

test('ordinary mail says none of it', async () => {
  const text = 'Hi Ana, the minutes are attached. Shall we meet on Monday at ten? Best, Ben';
  expect((await findingsOf({ text })).filter((id) => id.startsWith('text.'))).toEqual([]);
});

test('a page of hidden text is said, a preview line is not', async () => {
  const hidden = (words: string) => ({
    html: `<div style="display:none">${words}</div><p>Your order has shipped today.</p>`,
  });
  expect(await findingsOf(hidden('gardening and weather report '.repeat(40)))).toContain('text.hidden');
  expect(await findingsOf(hidden('Your order is on the way'))).not.toContain('text.hidden');
});

test('a mail that is one picture is said', async () => {
  expect(
    await findingsOf({ html: '<a href="https://a.example.net/"><img src="https://a.example.net/p.png"></a>' }),
  ).toContain('text.image_only');
});
