import { messageAttributes } from '../../server/analysis/attributes.ts';
import { attachmentEvidence } from '../../server/analysis/evidence/attachments.ts';
import type { Attachment, Message } from '../../server/message/message.ts';
import { mail } from './mail.ts';

const file = (extra: Partial<Attachment>): Attachment => ({
  filename: 'report.pdf',
  contentType: 'application/pdf',
  fileType: 'pdf',
  size: 1000,
  sha256: 'ab'.repeat(32),
  inline: false,
  contentId: null,
  executable: false,
  macros: false,
  encrypted: false,
  entries: [],
  containsExecutable: false,
  text: '',
  limits: [],
  ...extra,
});

async function withFile(extra: Partial<Attachment>, text = 'See the attached file.'): Promise<Message> {
  return { ...(await mail({ text })), attachments: [file(extra)] };
}

test.each<[string, Partial<Attachment>]>([
  ['attachment.executable', { filename: 'setup.exe', fileType: 'exe', executable: true }],
  [
    'attachment.archive_executable',
    { filename: 'a.zip', fileType: 'zip', containsExecutable: true, entries: ['a.zip/run.exe'] },
  ],
  ['attachment.double_extension', { filename: 'invoice.pdf.exe', fileType: 'exe', executable: true }],
  ['attachment.reversed_name', { filename: 'invoice\u202efdp.exe', fileType: 'exe', executable: true }],
  ['attachment.wrong_type', { filename: 'invoice.pdf', fileType: 'html' }],
  ['attachment.macros', { filename: 'a.docm', fileType: 'docm', macros: true }],
  ['attachment.macro_name', { filename: 'a.xlsm', fileType: 'zip', limits: ['broken'] }],
  ['attachment.macro_name', { filename: 'A.PPTM', fileType: 'unknown', size: 0 }],
  ['attachment.encrypted', { filename: 'a.zip', fileType: 'zip', encrypted: true }],
  ['attachment.html', { filename: 'a.html', fileType: 'html', text: '<p>hello</p>' }],
  ['attachment.html_form', { filename: 'a.html', fileType: 'html', text: '<form><input type=password></form>' }],
  ['attachment.svg_script', { filename: 'a.svg', fileType: 'svg', text: '<svg><script>x()</script></svg>' }],
  ['attachment.calendar_link', { filename: 'a.ics', fileType: 'ics', text: 'DESCRIPTION:https://a.example.net/' }],
])('%s', async (id, extra) => {
  expect(attachmentEvidence(await withFile(extra)).map((finding) => finding.id)).toContain(id);
});

test('a locked file whose password stands in the mail', async () => {
  const message = await withFile({ filename: 'a.zip', fileType: 'zip', encrypted: true }, 'The password is: 4711abc');
  expect(attachmentEvidence(message).map((finding) => finding.id)).toEqual(['attachment.password_given']);
});

test('a document that may have macros and has none is no evidence; a locked one is only locked', async () => {
  for (const fileType of ['xlsx', 'docx', 'pptx', 'doc', 'xls', 'ppt'])
    expect(attachmentEvidence(await withFile({ filename: 'a.xlsm', fileType }))).toEqual([]);
  const locked = await withFile({ filename: 'a.xlsm', fileType: 'xlsx', encrypted: true });
  expect(attachmentEvidence(locked).map((finding) => finding.id)).toEqual(['attachment.encrypted']);
});

test('an ordinary document is no evidence', async () => {
  expect(attachmentEvidence(await withFile({}))).toEqual([]);
});

test('EXECUTABLE and ENCRYPTED are emitted when they hold, and not for signed mail or locked archives', async () => {
  expect(messageAttributes(await withFile({ containsExecutable: true }), [])).toEqual(['EXECUTABLE']);
  expect(messageAttributes({ ...(await withFile({})), encryption: 'smime' }, [])).toEqual(['ENCRYPTED']);
  expect(messageAttributes({ ...(await withFile({ encrypted: true })), signed: true }, [])).toEqual([]);
});
