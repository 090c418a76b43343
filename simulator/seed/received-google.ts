/** The trace header that Gmail writes on top of a mail from outside. */
import { digits } from './chance.ts';
import type { Letter, Origin } from './letter.ts';
import { addrSpec, dateOf, domainOf } from './received.ts';

/**
 * RFC 8601 with authserv-id `mx.google.com`, below the hop it speaks of, as Gmail writes it. No ARC set. Inner hops have
 * addresses of 2002:a00::/24, which stands for 10.0.0.0/8.
 */
export function gmailTrace(letter: Letter, mailbox: string, at: number): string[] {
  const origin: Origin = letter.origin ?? { host: 'mail.example.org', ip: '192.0.2.9' };
  const sender = origin.envelopeFrom ?? addrSpec(letter.from);
  const id = digits(`${letter.name}|${mailbox}`, 16);
  return [
    `Delivered-To: ${mailbox}`,
    `Received: by 2002:a05:${id.slice(0, 4)}:b0:${id.slice(4, 7)}:${id.slice(7, 11)} with SMTP id ${id.slice(11)}csp${Math.floor(at / 1000)};\r\n        ${dateOf(at + 2000)}`,
    `X-Google-Smtp-Source: AGHT+I${Buffer.from(digits(`smtp|${id}`, 48), 'hex').toString('base64url')}`,
    `X-Received: by 2002:a17:${id.slice(0, 4)}:b0:${id.slice(2, 5)}:${id.slice(3, 7)} with SMTP id ${id.slice(0, 12)}.${Math.floor(at / 1000)};\r\n        ${dateOf(at + 1000)}`,
    `Return-Path: <${sender}>`,
    `Received: from ${origin.host} (${origin.host}. [${origin.ip}])\r\n        by mx.google.com with ESMTPS id ${id}.${Math.floor(at / 1000)}\r\n        for <${mailbox}>\r\n        (version=TLS1_3 cipher=TLS_AES_256_GCM_SHA384 bits=256/256);\r\n        ${dateOf(at)}`,
    `Received-SPF: ${spfLine(origin, sender)}`,
    `Authentication-Results: ${resultsOf(letter, origin, sender)}`,
    ...(origin.hops ?? []).map((hop, i) => `Received: ${hop}; ${dateOf(at - 1000 * (i + 1))}`),
  ];
}

function resultsOf(letter: Letter, origin: Origin, sender: string): string {
  const { dkim = 'pass', dmarc = 'pass', spf = 'pass' } = origin;
  const from = domainOf(letter.from);
  const signer = origin.dkimDomain ?? from;
  const b = Buffer.from(digits(`${letter.name}|1`, 12), 'hex').toString('base64');
  const lines = [
    ...(dkim === 'none' ? [] : [`dkim=${dkim} header.i=@${signer} header.s=s1 header.b=${b}`]),
    `spf=${spf} (google.com: domain of ${sender} ${designates(spf)} ${origin.ip} as permitted sender) smtp.mailfrom=${sender}`,
    // Gmail says nothing about DMARC where the domain publishes no policy.
    ...(dmarc === 'pass' || dmarc === 'fail'
      ? [`dmarc=${dmarc} (p=${policyOf(origin)} sp=${policyOf(origin)} dis=NONE) header.from=${from}`]
      : []),
  ];
  return ['mx.google.com', ...lines].join(';\r\n       ');
}

function policyOf({ dmarcAction }: Origin): string {
  if (dmarcAction === 'reject' || dmarcAction === 'oreject') return 'REJECT';
  return dmarcAction === 'quarantine' ? 'QUARANTINE' : 'NONE';
}

function designates(spf: string): string {
  if (spf === 'pass') return 'designates';
  return spf === 'none' ? 'does not mention' : 'does not designate';
}

function spfLine(origin: Origin, sender: string): string {
  const spf = origin.spf ?? 'pass';
  return `${spf} (google.com: domain of ${sender} ${designates(spf)} ${origin.ip} as permitted sender) client-ip=${origin.ip};`;
}
