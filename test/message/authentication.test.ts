import { generateKeyPairSync } from 'node:crypto';
import { sealMessage } from 'mailauth/lib/arc/index.js';
import { dkimSign } from 'mailauth/lib/dkim/sign.js';
import { authenticate, type Resolve } from '../../server/message/authentication.ts';
import { parseMessage } from '../../server/message/parse.ts';

const now = new Date('2025-03-03T12:00:00Z');
const key = generateKeyPairSync('rsa', { modulusLength: 2048 });
const publicKey = key.publicKey.export({ type: 'spki', format: 'der' }).toString('base64');

type Zone = Record<string, string>;

/** A name server with these TXT records and nothing else. */
function zone(records: Zone): Resolve {
  return async (name, type) => {
    const value = type === 'TXT' ? records[name] : undefined;
    if (value === undefined) throw Object.assign(new Error('not found'), { code: 'ENOTFOUND' });
    return [[value]];
  };
}
const noDns: Resolve = async () => {
  throw Object.assign(new Error('refused'), { code: 'ECONNREFUSED' });
};

const keyRecord = { 's1._domainkey.shop.example': `v=DKIM1; k=rsa; p=${publicKey}` };
const enforced = { '_dmarc.shop.example': 'v=DMARC1; p=reject' };

const plain = (headers: string[], body = 'Your order is on its way.\r\n') =>
  `${[...headers, 'Date: Mon, 03 Mar 2025 11:00:00 +0000', 'Message-ID: <1@shop.example>', 'Subject: Your order'].join('\r\n')}\r\n\r\n${body}`;

async function signatureOf(mail: string, domain = 'shop.example', maxBodyLength?: number): Promise<string> {
  const privateKey = key.privateKey.export({ type: 'pkcs8', format: 'pem' }) as string;
  const signer = { signingDomain: domain, selector: 's1', privateKey, maxBodyLength };
  const signTime = new Date('2025-03-03T11:00:00Z');
  const { signatures } = await dkimSign(mail, {
    ...signer,
    canonicalization: 'relaxed/relaxed',
    signTime,
    signatureData: [signer],
  });
  return signatures;
}

async function signed(mail: string, domain?: string): Promise<string> {
  return (await signatureOf(mail, domain)) + mail;
}

async function judge(mail: string | Uint8Array, resolve: Resolve, trustedAuthservIds: string[] = [], at = now) {
  const raw = typeof mail === 'string' ? Buffer.from(mail, 'latin1') : mail;
  return authenticate(raw, await parseMessage(raw), { resolve, trustedAuthservIds, now: at });
}

describe('our own checks', () => {
  test('an aligned signature with a DMARC record passes', async () => {
    const mail = await signed(plain(['From: Shop <news@shop.example>']));
    expect(await judge(mail, zone({ ...keyRecord, ...enforced }))).toMatchObject({
      state: 'pass',
      source: 'recomputed',
      dkim: [{ result: 'pass', domain: 'shop.example' }],
      dmarc: { result: 'pass', policy: 'reject' },
    });
  });

  test('bare line feeds, as editors store mail, do not break a signature', async () => {
    const mail = await signed(plain(['From: Shop <news@shop.example>'], 'line\r\nline\r\n'));
    expect(await judge(mail.replaceAll('\r\n', '\n'), zone({ ...keyRecord, ...enforced }))).toMatchObject({
      state: 'pass',
    });
  });

  test('a changed body fails, and an enforced policy is told', async () => {
    const mail = await signed(plain(['Return-Path: <b@elsewhere.example>', 'From: Shop <news@shop.example>']));
    const forged = mail.replace('on its way', 'held at customs');
    expect(await judge(forged, zone({ ...keyRecord, ...enforced }))).toMatchObject({
      state: 'fail_enforced',
      dkim: [{ result: 'fail', domain: 'shop.example' }],
      mismatch: true,
    });
  });

  test('with an aligned envelope and no trusted client address SPF might pass: unknown, not fail', async () => {
    const mail = plain(['Return-Path: <bounce@shop.example>', 'From: Shop <news@shop.example>']);
    expect(await judge(mail, zone(enforced))).toMatchObject({ state: 'unknown', missing: ['spf'] });
  });

  test('a signature of another domain does not speak for From', async () => {
    const mail = await signed(
      plain(['Return-Path: <b@mailer.example>', 'From: Shop <news@shop.example>']),
      'mailer.example',
    );
    const resolve = zone({ 's1._domainkey.mailer.example': keyRecord['s1._domainkey.shop.example'], ...enforced });
    expect(await judge(mail, resolve)).toMatchObject({
      state: 'fail_enforced',
      dkim: [{ result: 'pass', domain: 'mailer.example' }],
    });
  });

  test('a key that is gone says nothing about an old mail, but a young one has none to show', async () => {
    const mail = await signed(plain(['Return-Path: <b@elsewhere.example>', 'From: Shop <news@shop.example>']));
    const weeksLater = new Date('2025-04-03T12:00:00Z');
    expect(await judge(mail, zone(enforced), [], weeksLater)).toMatchObject({ state: 'unknown' });
    expect(await judge(mail, zone(enforced))).toMatchObject({ state: 'fail_enforced' });
  });

  test('without DNS nothing is known and nothing is held against the mail', async () => {
    const mail = await signed(plain(['From: Shop <news@shop.example>']));
    const result = await judge(mail, noDns);
    expect(result.state).toBe('unknown');
    expect(result.missing).toContain('dns');
  });

  test('no DMARC record and nothing aligned: unaligned when a check failed, none when nothing was claimed', async () => {
    const mail = await signed(plain(['Return-Path: <b@elsewhere.example>', 'From: Shop <news@shop.example>']));
    expect(await judge(mail.replace('on its way', 'late'), zone(keyRecord))).toMatchObject({ state: 'unaligned' });
    expect(
      await judge(plain(['Return-Path: <b@elsewhere.example>', 'From: Shop <news@shop.example>']), zone({})),
    ).toMatchObject({ state: 'none' });
  });

  test('SPF counts from the client address of a trusted hop', async () => {
    const hop =
      'Received: from mail.shop.example (mail.shop.example [192.0.2.7]) by mx.example.org with ESMTPS; Mon, 3 Mar 2025 11:00:01 +0000';
    const mail = plain(['Return-Path: <bounce@shop.example>', hop, 'From: Shop <news@shop.example>']);
    const resolve = zone({ ...enforced, 'shop.example': 'v=spf1 ip4:192.0.2.0/24 -all' });
    expect(await judge(mail, resolve, ['mx.example.org'])).toMatchObject({
      state: 'pass',
      spf: { result: 'pass', domain: 'shop.example' },
    });
    expect(await judge(mail.replace('192.0.2.7', '203.0.113.9'), resolve, ['mx.example.org'])).toMatchObject({
      state: 'fail_enforced',
      spf: { result: 'fail' },
    });
    expect((await judge(mail, resolve)).spf).toBeNull();
  });

  test('an unbroken ARC chain passes when its sealer is one of ours, and only then', async () => {
    const mail = plain(['Return-Path: <list@lists.example>', 'From: Shop <news@shop.example>']);
    const privateKey = key.privateKey.export({ type: 'pkcs8', format: 'pem' }) as string;
    const seal = await sealMessage(Buffer.from(mail), {
      signingDomain: 'lists.example',
      selector: 's1',
      privateKey,
      authResults: 'mx.lists.example; dmarc=pass header.from=shop.example',
      cv: 'none',
      signTime: new Date('2025-03-03T11:00:00Z'),
    } as Parameters<typeof sealMessage>[1]);
    const resolve = zone({ 's1._domainkey.lists.example': `v=DKIM1; k=rsa; p=${publicKey}`, ...enforced });
    const sealed = seal.toString('latin1') + mail;
    expect((await judge(sealed, resolve, ['mx.lists.example'])).state).toBe('pass');
    expect((await judge(sealed, resolve, ['mx.example.org'])).state).toBe('fail_enforced');
    expect((await judge(sealed.replace('on its way', 'late'), resolve, ['mx.lists.example'])).state).toBe(
      'fail_enforced',
    );
  });

  test('two From fields never pass', async () => {
    const mail = await signed(plain(['From: Shop <news@shop.example>']));
    expect(await judge(`From: Bank <a@bank.example>\r\n${mail}`, zone({ ...keyRecord, ...enforced }))).toMatchObject({
      state: 'fail',
    });
  });

  test('a signature over part of the body lets anybody append: it does not pass', async () => {
    const mail = plain(['Return-Path: <b@elsewhere.example>', 'From: Shop <news@shop.example>'], 'Hello\r\n');
    const signatures = await signatureOf(mail, 'shop.example', 7);
    expect(await judge(signatures + mail, zone({ ...keyRecord, ...enforced }))).toMatchObject({ state: 'pass' });
    expect((await judge(`${signatures}${mail}Pay here\r\n`, zone({ ...keyRecord, ...enforced }))).state).toBe(
      'fail_enforced',
    );
  });

  test('a header made to exhaust the checker is not checked', async () => {
    const mail = `From: a@shop.example\r\nSubject: x${'\r\n '.repeat(100_000)}y\r\n\r\nhi`;
    const started = performance.now();
    expect(await judge(mail, zone({}))).toMatchObject({
      state: 'unknown',
      source: 'none',
      missing: ['original_headers'],
    });
    expect(performance.now() - started).toBeLessThan(1_000);
  });

  test('a thousand signatures ask DNS a bounded number of times', async () => {
    let questions = 0;
    const counting: Resolve = async () => {
      questions++;
      throw Object.assign(new Error('not found'), { code: 'ENOTFOUND' });
    };
    const one =
      'DKIM-Signature: v=1; a=rsa-sha256; c=relaxed/relaxed; d=a.example; s=s1; h=From; bh=47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=; b=AAAA\r\n';
    await judge(one.repeat(1_000) + plain(['From: a@shop.example'], ''), counting);
    expect(questions).toBeLessThanOrEqual(40);
  });
});

describe('results of a trusted receiver', () => {
  const genuine =
    'Authentication-Results: mx.example.org; spf=pass smtp.mailfrom=news@shop.example; dkim=pass header.d=shop.example; dmarc=pass (p=REJECT sp=NONE dis=NONE) header.from=shop.example';
  const ours = 'Received: from mail.shop.example ([192.0.2.7]) by mx.example.org; Mon, 3 Mar 2025 11:00:01 +0000';
  const foreign = 'Received: from [198.51.100.2] by mail.shop.example; Mon, 3 Mar 2025 11:00:00 +0000';
  const from = 'From: Shop <news@shop.example>';

  test('are believed above the first foreign hop', async () => {
    const result = await judge(plain([genuine, ours, foreign, from]), noDns, ['mx.example.org']);
    expect(result).toMatchObject({
      state: 'pass',
      source: 'trusted_header',
      spf: { result: 'pass', domain: 'shop.example' },
      dmarc: { policy: 'reject' },
      mismatch: false,
    });
  });

  test('are not believed from a receiver that is not configured', async () => {
    expect((await judge(plain([genuine, ours, from]), noDns)).source).not.toBe('trusted_header');
    expect((await judge(plain([genuine, ours, from]), noDns, ['mx.example.net'])).source).not.toBe('trusted_header');
  });

  test('are not believed below the first foreign hop, however perfect they look', async () => {
    const result = await judge(plain([ours, foreign, genuine, from]), noDns, ['mx.example.org']);
    expect(result.source).not.toBe('trusted_header');
    expect(result.state).toBe('unknown');
  });

  test('a forged field under the genuine one changes nothing', async () => {
    const failed = genuine.replaceAll('=pass', '=fail');
    const result = await judge(plain([failed, ours, genuine, foreign, from]), noDns, ['mx.example.org']);
    expect(result).toMatchObject({ state: 'fail_enforced', source: 'trusted_header' });
    const adjacent = await judge(plain([ours, failed, genuine, foreign, from]), noDns, ['mx.example.org']);
    expect(adjacent).toMatchObject({ state: 'fail_enforced' });
  });

  test('that speak of another From domain do not pass this one', async () => {
    const other = genuine.replace('header.from=shop.example', 'header.from=evil.example');
    expect((await judge(plain([other, ours, from]), noDns, ['mx.example.org'])).state).toBe('unknown');
  });

  test('of Microsoft 365 carry no authserv-id and count only with its preset, inside its block of hops', async () => {
    const result =
      'Authentication-Results: spf=pass (sender IP is 192.0.2.7) smtp.mailfrom=shop.example; dkim=none (message not signed) header.d=none;dmarc=fail action=oreject header.from=shop.example;compauth=fail reason=000';
    const inside = [
      'Received: from DB8EUR05FT050.eop-eur05.prod.protection.outlook.com (203.0.113.1) by AM0PR01MB1234.eurprd01.prod.outlook.com; Mon, 3 Mar 2025 11:00:03 +0000',
      result,
      'Received-SPF: Pass (protection.outlook.com: domain of shop.example designates 192.0.2.7 as permitted sender) receiver=protection.outlook.com; client-ip=192.0.2.7;',
      'Received: from mail.shop.example (192.0.2.7) by DB8EUR05FT050.mail.protection.outlook.com (203.0.113.1) with Microsoft SMTP Server; Mon, 3 Mar 2025 11:00:02 +0000',
      foreign,
    ];
    expect(await judge(plain([...inside, from]), noDns, ['microsoft365'])).toMatchObject({
      state: 'fail_enforced',
      source: 'trusted_header',
      spf: { result: 'pass', domain: 'shop.example' },
      dmarc: { result: 'fail', policy: 'reject' },
    });
    expect((await judge(plain([...inside, from]), noDns, ['mx.example.org'])).source).not.toBe('trusted_header');
    const below = [inside[0] as string, inside[3] as string, foreign, result, from];
    expect((await judge(plain(below), noDns, ['microsoft365'])).source).not.toBe('trusted_header');
  });

  describe('of a colleague who was signed in to Exchange Online', () => {
    const hops = [
      'Received: from AM0PR01MB1111.eurprd01.prod.outlook.com (2603::1) by AM0PR01MB2222.eurprd01.prod.outlook.com with HTTPS; Mon, 3 Mar 2025 11:00:03 +0000',
      'Received: from AM0PR01MB1111.eurprd01.prod.outlook.com ([2603::1]) by AM0PR01MB1111.eurprd01.prod.outlook.com with mapi id 15.20.1; Mon, 3 Mar 2025 11:00:02 +0000',
    ];
    const internal = 'X-MS-Exchange-Organization-AuthAs: Internal';

    test('need no DMARC', async () => {
      const result = await judge(plain([...hops, internal, from]), noDns, ['microsoft365']);
      expect(result).toMatchObject({ state: 'pass', source: 'trusted_header', missing: [] });
    });

    test('count only with the preset', async () => {
      expect((await judge(plain([...hops, internal, from]), noDns, ['mx.example.org'])).state).not.toBe('pass');
    });

    test('count for nothing when the mail came in from outside', async () => {
      const border =
        'Received: from mail.evil.example (192.0.2.7) by X.mail.protection.outlook.com; Mon, 3 Mar 2025 11:00:01 +0000';
      expect((await judge(plain([...hops, border, internal, from]), noDns, ['microsoft365'])).state).not.toBe('pass');
    });

    test('count for nothing when two lines contradict each other', async () => {
      const both = [...hops, internal, 'X-MS-Exchange-Organization-AuthAs: Anonymous', from];
      expect((await judge(plain(both), noDns, ['microsoft365'])).state).not.toBe('pass');
    });
  });

  test('bestguesspass is none', async () => {
    const guessed =
      'Authentication-Results: spf=pass smtp.mailfrom=shop.example; dkim=none header.d=none;dmarc=bestguesspass action=none header.from=shop.example';
    const hop = 'Received: from a (192.0.2.7) by X.mail.protection.outlook.com; Mon, 3 Mar 2025 11:00:02 +0000';
    expect(await judge(plain([guessed, hop, from]), noDns, ['microsoft365'])).toMatchObject({
      state: 'none',
      dmarc: { result: 'none' },
    });
  });
});

describe('envelope and From', () => {
  const hop = 'Received: from a ([192.0.2.7]) by mx.example.org; Mon, 3 Mar 2025 11:00:01 +0000';
  const results = 'Authentication-Results: mx.example.org; dmarc=none header.from=shop.example';
  const mismatch = async (...headers: string[]) =>
    (await judge(plain([results, hop, 'From: Shop <news@shop.example>', ...headers]), noDns, ['mx.example.org']))
      .mismatch;

  test.each([
    ['another domain', '<x@elsewhere.example>', true],
    ['a subdomain of the same one', '<x@bounce.shop.example>', false],
    ['the null sender', '<>', false],
    ['PRVS', '<prvs=12345abcde=x@elsewhere.example>', false],
    ['SRS', '<SRS0=hash=TT=shop.example=news@elsewhere.example>', false],
    ['Gmail forwarding', '<ana+caf_=ben=example.org@elsewhere.example>', false],
    ['VERP', '<bounces+ana=example.org@elsewhere.example>', false],
  ])('%s', async (_, path, expected) => {
    expect(await mismatch(`Return-Path: ${path}`)).toBe(expected);
  });

  test('an unknown envelope is unknown, and a mailing list may differ', async () => {
    expect(await mismatch()).toBe('unknown');
    expect(await mismatch('Return-Path: <x@elsewhere.example>', 'List-Id: <talk.elsewhere.example>')).toBe(false);
  });
});
