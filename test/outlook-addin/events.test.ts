import fc from 'fast-check';
import { readEvents, type ServerEvent } from '../../outlook-addin/events.ts';

/** @param chunks bytes as the network happens to cut them */
function streamOf(chunks: Uint8Array[], ends = true): ReadableStream<Uint8Array> {
  return new ReadableStream({
    start(controller) {
      for (const chunk of chunks) controller.enqueue(chunk);
      if (ends) controller.close();
    },
  });
}

async function read(chunks: Uint8Array[]): Promise<ServerEvent[]> {
  const events: ServerEvent[] = [];
  await readEvents(streamOf(chunks), 1_000, (event) => events.push(event));
  return events;
}

const bytes = (text: string) => new TextEncoder().encode(text);

test('events, comments, several data lines and all three line ends are read as the standard says', async () => {
  const text =
    ': hi\n\nevent: view\ndata: {"a":1}\n\nevent:view\r\ndata: x\r\ndata:y\r\n\r\ndata: z\r\rid: 1\n\nevent: lost\n\ndata: unfinished';
  expect(await read([bytes(text)])).toEqual([
    { event: 'view', data: '{"a":1}' },
    { event: 'view', data: 'x\ny' },
    { event: 'message', data: 'z' },
  ]);
});

test('wherever the network cuts the stream, the same events come out', async () => {
  const whole = bytes(
    'event: view\r\ndata: {"subject":"Grüße 🎣"}\r\n\r\n: beat\r\n\r\nevent: view\r\ndata: 2\r\n\r\n',
  );
  const expected = await read([whole]);
  expect(expected).toHaveLength(2);
  await fc.assert(
    fc.asyncProperty(fc.uniqueArray(fc.nat({ max: whole.length }), { maxLength: 12 }), async (cuts) => {
      const at = [0, ...cuts.sort((a, b) => a - b), whole.length];
      const chunks = at.slice(1).map((end, index) => whole.slice(at[index], end));
      expect(await read(chunks)).toEqual(expected);
    }),
  );
});

test('a stream that falls silent is given up', async () => {
  const events: ServerEvent[] = [];
  const started = Date.now();
  await readEvents(streamOf([bytes('event: view\ndata: 1\n\n')], false), 50, (event) => events.push(event));
  expect(events).toHaveLength(1);
  expect(Date.now() - started).toBeLessThan(2_000);
});
