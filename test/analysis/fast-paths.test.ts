import fc from 'fast-check';
import { clip } from '../../server/analysis/evidence/catalogue.ts';
import { foldText } from '../../server/analysis/evidence/folded-text.ts';
import {
  FILE_SERVICES,
  FORM_SERVICES,
  FREE_HOSTS,
  SERVICE,
  SHORTENERS,
  serviceOf,
  servicesAt,
} from '../../server/analysis/evidence/hosts.ts';
import { linkParts } from '../../server/analysis/evidence/link-parts.ts';
import { HashSink } from '../../server/analysis/model/hash-sink.ts';
import { addNamed, addTrigrams, prefixOf } from '../../server/analysis/model/names.ts';
import { hash, mix, readTokens } from '../../server/analysis/model/tokens.ts';
import { skeleton } from '../../server/analysis/skeleton.ts';
import { unitsOf } from '../../server/analysis/text-units.ts';

/** What is done by hand for speed, held against the plain way of saying it. */

const URL_PIECES = fc
  .array(
    fc.constantFrom('http', 'https:', '//', '/', '\\', ':', '@', '?', '#', 'a', 'A.b', '80', '123456', '-', 'é', ' '),
    {
      maxLength: 12,
    },
  )
  .map((pieces) => pieces.join(''));

test('a link is taken apart as its patterns would', () => {
  fc.assert(
    fc.property(URL_PIECES, (target) => {
      const scheme = /^([a-z][a-z0-9+.-]*):/i.exec(target)?.[1]?.toLowerCase() ?? '';
      const [, before = '', fragment = ''] = /^([^#]*)(?:#(.*))?$/s.exec(target) ?? [];
      const [, address = '', query = ''] = /^([^?]*)(?:\?(.*))?$/s.exec(before) ?? [];
      const rest = address.replace(/^[a-z][a-z0-9+.-]*:[\\/]*/i, '');
      const [, authority = '', path = ''] = /^([^/\\]*)(.*)$/s.exec(rest) ?? [];
      const at = authority.lastIndexOf('@');
      expect(linkParts({ target, host: 'h' })).toEqual({
        scheme,
        userinfo: at < 0 || scheme === 'mailto' ? '' : authority.slice(0, at),
        host: 'h',
        port: /:(\d{1,5})$/.exec(authority.slice(at + 1))?.[1] ?? '',
        path,
        query,
        fragment,
      });
    }),
  );
});

test('the services at an address are those of the lists', () => {
  const entries = [...SHORTENERS, ...FORM_SERVICES, ...FILE_SERVICES, ...FREE_HOSTS];
  const hosts = fc.oneof(
    fc.constantFrom(...entries.map((entry) => entry.split('/')[0] as string)),
    fc.constantFrom('example.org', 'a.example.com', ''),
  );
  fc.assert(
    fc.property(hosts, fc.boolean(), fc.constantFrom('', '/', '/forms/d/1', '/b/form/x'), (name, below, path) => {
      const host = below ? `www.${name}` : name;
      const found = servicesAt(host, path);
      expect((found & SERVICE.shortener) !== 0).toBe(serviceOf(SHORTENERS, host, path) !== null);
      expect((found & SERVICE.form) !== 0).toBe(serviceOf(FORM_SERVICES, host, path) !== null);
      expect((found & SERVICE.file) !== 0).toBe(serviceOf(FILE_SERVICES, host, path) !== null);
      expect((found & SERVICE.page) !== 0).toBe(serviceOf(FREE_HOSTS, host, path) !== null);
    }),
  );
});

test('a named feature has the hash of its whole name, letters in threes too', () => {
  const group = hash('g');
  const sink = new HashSink(1024);
  const taken = (add: () => void) => {
    sink.start();
    add();
    return [...sink.take()];
  };
  fc.assert(
    fc.property(fc.string({ maxLength: 40 }), (text) => {
      expect(taken(() => addNamed(sink, prefixOf('kind:', group), text))).toEqual([mix(hash(`kind:${text}`, group))]);
      const marked = `^${text.slice(0, 24)}$`;
      const grams = Array.from({ length: marked.length - 2 }, (_, i) =>
        mix(hash(`l:${marked.slice(i, i + 3)}`, group)),
      );
      expect(taken(() => addTrigrams(sink, prefixOf('l:', group), text))).toEqual([...new Set(grams)]);
    }),
  );
});

test('a sink that grows keeps order and knows what it holds', () => {
  const sink = new HashSink(4096);
  for (const most of [100, 3_000, 5_000, 10]) {
    sink.start();
    const hashes = Array.from({ length: most }, (_, i) => mix(i % 4_500));
    const isNew = hashes.map((own) => sink.add(own));
    const distinct = [...new Set(hashes)].slice(0, 4096);
    expect([...sink.take()]).toEqual(distinct);
    expect(isNew.filter(Boolean)).toHaveLength(distinct.length);
    expect(distinct.every((own) => sink.has(own))).toBe(true);
    expect(sink.has(mix(9_999))).toBe(false);
  }
});

test('the letters of a word come in fours with its edges marked, of a word of one letter too', () => {
  for (const word of ['a', 'ab', 'abc', 'abcd', 'verify']) {
    const grams: number[] = [];
    readTokens(word, 10, new Set(), { word: () => true, gram: (own) => grams.push(own) });
    const marked = `^${word}^`.padEnd(4, '^');
    expect(grams).toEqual(Array.from({ length: marked.length - 3 }, (_, i) => hash(marked.slice(i, i + 4))));
  }
});

test('a skeleton is the same letter by letter and all at once', () => {
  const plain = (name: string) =>
    [...name]
      .map((char) => skeleton(char))
      .join('')
      .replaceAll('rn', 'm')
      .replaceAll('vv', 'w');
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom('r', 'n', 'v', 'R', '0', '1', '-', 'é', 'а', 'ß'), { maxLength: 12 }),
      (chars) => {
        expect(skeleton(chars.join(''))).toBe(plain(chars.join('')));
      },
    ),
  );
});

test('blanks are folded and evidence is one line, whatever stands there', () => {
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom('a', ' ', '  ', '\n', '\t', '\u00a0', '\u0007', 'é'), { maxLength: 12 }),
      (pieces) => {
        const text = pieces.join('');
        expect(foldText(text)).toBe(foldText(text).replace(/\s+/g, ' '));
        expect(clip(text)).toBe(text.replace(/[\s\u0000-\u001f\u007f-\u009f]+/g, ' ').trim());
      },
    ),
  );
});

test('units are those of the text, zeros behind them, long or short', () => {
  for (const length of [0, 1, 63, 64, 10_000, 5]) {
    const text = 'aé密😀'.repeat(length).slice(0, length);
    const units = unitsOf(text);
    expect([...units.subarray(0, length)]).toEqual(Array.from({ length }, (_, i) => text.charCodeAt(i)));
    expect([...units.subarray(length, length + 8)]).toEqual(new Array(8).fill(0));
  }
});
