/** Mails that are delivered: one that is clearly a lure, and ordinary ones. */

export interface Letter {
  id?: string;
  to?: string;
  host?: string;
  subject?: string;
  results?: string;
}

const PASSES =
  'spf=pass smtp.mailfrom=supplier.example; dkim=pass header.d=supplier.example; dmarc=pass header.from=supplier.example';
const FAILS =
  'spf=fail smtp.mailfrom=micros0ft-login.test; dkim=none; dmarc=fail (p=reject) header.from=micros0ft-login.test';

export function ordinary({
  id = 'order-4711',
  to = 'ana',
  host = 'portal.supplier.example',
  subject,
  results,
}: Letter = {}): string {
  return [
    'Received: from mail.supplier.example (mail.supplier.example [192.0.2.20]) by mx.example.org; Fri, 20 Nov 2026 08:59:00 +0000',
    `Authentication-Results: mx.example.org; ${results ?? PASSES}`,
    'From: Paula Brandt <paula@supplier.example>',
    `To: <${to}@example.org>`,
    `Subject: ${subject ?? 'Your order of paper and toner'}`,
    'Date: Fri, 20 Nov 2026 08:58:00 +0000',
    `Message-ID: <${id}@supplier.example>`,
    'MIME-Version: 1.0',
    'Content-Type: text/html; charset=utf-8',
    '',
    `<html><body><p>Good morning,</p><p>thank you for the order. The boxes leave our warehouse on Tuesday and should be with you
on Wednesday before noon. The delivery note is in the <a href="https://${host}/notes/4711?t=geheim-token">portal</a>.</p>
<p>Kind regards<br>Paula Brandt</p></body></html>`,
    '',
  ].join('\r\n');
}

export function lure({ id = 'verify-1', to = 'ana', host = '192.0.2.77', subject }: Letter = {}): string {
  return [
    'Received: from mail.sender.test (mail.sender.test [192.0.2.10]) by mx.example.org; Fri, 20 Nov 2026 09:00:00 +0000',
    `Authentication-Results: mx.example.org; ${FAILS}`,
    'From: "Microsoft account team" <security@micros0ft-login.test>',
    'Reply-To: <collector@mailbox-verify.example>',
    `To: <${to}@example.org>`,
    `Subject: ${subject ?? 'Action required: your Microsoft 365 password expires today'}`,
    'Date: Fri, 20 Nov 2026 09:00:10 +0000',
    `Message-ID: <${id}@micros0ft-login.test>`,
    'MIME-Version: 1.0',
    'Content-Type: text/html; charset=utf-8',
    '',
    `<html><body><p>Dear user,</p>
<p>We detected unusual sign-in activity. Your Microsoft 365 password expires today. Verify your account
immediately or your mailbox will be suspended and all incoming messages will be deleted.</p>
<p><a href="http://${host}/login/verify.php">https://login.microsoftonline.com/verify</a></p>
<p>Enter your user name and password to keep your current password. This link expires in 2 hours.</p>
<p>Microsoft account team</p></body></html>`,
    '',
  ].join('\r\n');
}
