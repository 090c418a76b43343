/** Mails for the flow tests, as text with LF: small, readable, and each with its own Message-ID. */

export interface MailParts {
  messageId: string;
  from?: string;
  to?: string;
  subject?: string;
  html?: string;
  text?: string;
  headers?: string[];
}

export function mail(parts: MailParts): string {
  const lines = [
    `Received: from mail.sender.test (mail.sender.test [192.0.2.10]) by mx.example.org; Fri, 20 Nov 2026 09:00:00 +0000`,
    ...(parts.headers ?? []),
    `From: ${parts.from ?? 'IT Service Desk <helpdesk@micros0ft-login.test>'}`,
    `To: ${parts.to ?? 'ana@example.org'}`,
    `Subject: ${parts.subject ?? 'Your password expires today'}`,
    `Date: Fri, 20 Nov 2026 09:00:00 +0000`,
    `Message-ID: ${parts.messageId}`,
    'MIME-Version: 1.0',
    `Content-Type: ${parts.html === undefined ? 'text/plain' : 'text/html'}; charset=utf-8`,
    '',
    parts.html ?? parts.text ?? '',
    '',
  ];
  return lines.join('\r\n');
}

/** A credential lure nobody should miss: brand, urgency, look-alike domain, text that names another host than the link. */
export function lure(messageId: string, to = 'ana@example.org', wording = 'today'): string {
  return mail({
    messageId,
    to,
    from: '"Microsoft account team" <security@micros0ft-login.test>',
    subject: `Action required: your Microsoft 365 password expires ${wording}`,
    headers: [
      'Reply-To: <collector@mailbox-verify.example>',
      'Authentication-Results: mx.example.org; spf=fail smtp.mailfrom=micros0ft-login.test; dkim=none; dmarc=fail (p=reject) header.from=micros0ft-login.test',
    ],
    html: `<html><body><p>Dear user,</p>
<p>We detected unusual sign-in activity. Your Microsoft 365 password expires ${wording}. Verify your account
immediately or your mailbox will be suspended and all incoming messages will be deleted.</p>
<p><a href="http://192.0.2.77/login/verify.php?session=a81f">https://login.microsoftonline.com/verify</a></p>
<p>Enter your user name and password to keep your current password. This link expires in 2 hours.</p>
<p>Microsoft account team</p></body></html>`,
  });
}

/** Ordinary work between colleagues. */
export function colleague(messageId: string, subject = 'Minutes of Tuesday', to = 'ana@example.org'): string {
  return mail({
    messageId,
    to,
    from: 'Ben Okoro <ben@example.org>',
    subject,
    text: `Hi all,

thanks for joining on Tuesday. The minutes are in the shared folder. Carla brings the printed plans for the workshop,
and I will book the small meeting room for the follow-up in two weeks.

Best regards
Ben`,
  });
}
