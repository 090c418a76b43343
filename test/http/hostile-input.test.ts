import fc from 'fast-check';
import { decodeBase64 } from '../../server/http/base64.ts';
import { problemOf } from '../../server/http/failure.ts';
import { entraIdentity } from '../../server/http/identity.ts';
import { parseJsonBody } from '../../server/http/json-body.ts';
import { redact } from '../../server/http/log.ts';
import { Problem } from '../../server/http/problem.ts';
import { cookiesOf } from '../../server/http/session.ts';

const attempt = (work: () => unknown): unknown => {
  try {
    return work();
  } catch (error) {
    return error;
  }
};

describe('the JSON reader', () => {
  test('reads what JSON.parse reads, as long as it is shallow and small', () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 5 }), (text) => {
        expect(parseJsonBody(Buffer.from(text))).toEqual(JSON.parse(text));
      }),
    );
  });

  test('answers any bytes with a value or a problem of status 400', () => {
    const bytes = fc.oneof(
      fc.uint8Array({ maxLength: 500 }),
      fc.stringMatching(/^[[\]{}",:\\0-9a]{0,200}$/).map((text) => Buffer.from(text)),
    );
    fc.assert(
      fc.property(bytes, (given) => {
        const result = attempt(() => parseJsonBody(Buffer.from(given)));
        if (result instanceof Error)
          expect(result).toMatchObject({ name: 'Problem', status: 400, code: 'invalid_json' });
      }),
      { numRuns: 500 },
    );
  });

  test('finds the end of a string as JSON.parse does, whatever stands before the quote', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom('\\\\', '\\"', 'x', '[', '{', '\\u0022')), (parts) => {
        const text = `{"a":"${parts.join('')}"}`;
        expect(parseJsonBody(Buffer.from(text))).toEqual(JSON.parse(text));
      }),
    );
  });

  test.each([
    ['depth', `${'['.repeat(17)}${']'.repeat(17)}`],
    ['strings', `[${'"",'.repeat(20_001)}""]`],
    ['structure', `[${'1,'.repeat(200_000)}1]`],
  ])('refuses too much %s, although it is JSON', (_name, text) => {
    expect(JSON.parse(text)).toBeDefined();
    expect(attempt(() => parseJsonBody(Buffer.from(text)))).toMatchObject({ status: 400, code: 'invalid_json' });
  });
});

describe('base64', () => {
  test('what the encoder writes is read back', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        expect(Buffer.from(decodeBase64(Buffer.from(bytes).toString('base64'))!)).toEqual(Buffer.from(bytes));
      }),
    );
  });

  test('what is not exactly what the encoder writes is refused', () => {
    const nearly = fc.array(fc.constantFrom('A', 'Q', 'z', '+', '/', '=', '-', '_', '\n', ' ', 'é', '\0'), {
      maxLength: 12,
    });
    fc.assert(
      fc.property(nearly, (characters) => {
        const text = characters.join('');
        const canonical = Buffer.from(text, 'base64').toString('base64') === text;
        expect(decodeBase64(text) !== null).toBe(canonical);
      }),
      { numRuns: 2_000 },
    );
  });
});

test('no cookie but our own signs anybody in, and none breaks the reader', () => {
  const cookies = cookiesOf(false);
  const cookie = fc.oneof(
    fc.string(),
    fc.string().map((value) => `reelback=${value}`),
    fc.base64String().map((v) => `reelback=${v}; reelback=${v}`),
  );
  fc.assert(fc.property(cookie, (given) => expect(cookies.wordOf(given)).toBeNull()));
});

test('no text is a token, and every text is answered with 401 or 403', async () => {
  const tenant = { tenantId: '11111111-2222-4333-8444-555555555555', audiences: ['a'], clientIds: ['a'] };
  const unreachable = async () => {
    throw new Error('no text of a stranger leads to a question about keys');
  };
  const identity = entraIdentity([{ ...tenant, loginUrl: 'https://login.example.org' }], {
    fetch: unreachable,
    now: () => new Date(),
  });
  const part = fc.oneof(
    fc.string(),
    fc.json().map((text) => Buffer.from(text).toString('base64url')),
  );
  const token = fc.oneof(
    fc.string(),
    fc.tuple(part, part, part).map((parts) => parts.join('.')),
  );
  await fc.assert(
    fc.asyncProperty(token, async (given) => {
      const error = await identity.verify(given).catch((reason: unknown) => reason);
      expect(error).toBeInstanceOf(Problem);
      expect([401, 403]).toContain((error as Problem).status);
    }),
    { numRuns: 500 },
  );
});

test('whatever is thrown becomes a problem without its text', () => {
  const thrown = fc.oneof(
    fc.anything(),
    fc.string({ minLength: 8 }).map((text) => new Error(text)),
    fc.record({ statusCode: fc.integer(), message: fc.string() }),
    fc.record({ code: fc.constantFrom('__proto__', 'constructor', 'toString', 'FST_X'), statusCode: fc.integer() }),
  );
  fc.assert(
    fc.property(thrown, (given) => {
      const problem = problemOf(given);
      expect(problem.status).toBeGreaterThanOrEqual(400);
      expect(problem.status).toBeLessThan(600);
      expect(problem.toBody()).toMatchObject({
        type: 'about:blank',
        title: expect.any(String),
        detail: expect.any(String),
      });
      if (given instanceof Error && given.message.length >= 8) expect(problem.detail).not.toContain(given.message);
    }),
  );
});

test('the log keeps no address and no token, wherever they stand', () => {
  const address = fc.tuple(fc.stringMatching(/^[a-z0-9.+_-]{1,20}$/), fc.domain()).map((parts) => parts.join('@'));
  fc.assert(
    fc.property(fc.string(), address, fc.string(), (before, secret, after) => {
      expect(redact(`${before} ${secret} ${after}`)).not.toContain(secret);
      expect(redact(`<${secret}>`)).not.toContain(secret);
      expect(redact(`/users/${secret}/messages`)).not.toContain(secret);
    }),
  );
  expect(redact(`Bearer eyJhbGciOiJSUzI1NiJ9.eyJvaWQiOiIxIn0.c2ln for /x?query=secret`)).toBe(
    'Bearer [token] for /x?[query]',
  );
});
