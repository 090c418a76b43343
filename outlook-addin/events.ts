import { within } from './within.ts';

export interface ServerEvent {
  event: string;
  data: string;
}

/**
 * Reads a text/event-stream to its end. EventSource cannot send a bearer token, so the stream comes from fetch.
 * @param silenceMs a stream that says nothing for so long (comments count) is given up
 * @see https://html.spec.whatwg.org/multipage/server-sent-events.html#event-stream-interpretation
 */
export async function readEvents(
  body: ReadableStream<Uint8Array>,
  silenceMs: number,
  onEvent: (event: ServerEvent) => void,
): Promise<void> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let rest = '';
  let event = '';
  let data: string[] = [];
  try {
    for (;;) {
      const chunk = await within(reader.read(), silenceMs, null);
      if (chunk === null || chunk.done) return;
      rest += decoder.decode(chunk.value, { stream: true });
      // A CR at the very end may be the first half of CRLF: it waits for the next chunk.
      const lines = rest.split(/\r\n|\n|\r(?!$)/);
      rest = lines.pop() ?? '';
      for (const line of lines) take(line);
    }
  } finally {
    reader.cancel().catch(() => {});
  }

  function take(line: string): void {
    if (line === '') {
      if (data.length > 0) onEvent({ event: event || 'message', data: data.join('\n') });
      event = '';
      data = [];
      return;
    }
    const colon = line.indexOf(':');
    const field = colon < 0 ? line : line.slice(0, colon);
    const value = colon < 0 ? '' : line.slice(colon + 1).replace(/^ /, '');
    if (field === 'event') event = value;
    if (field === 'data') data.push(value);
  }
}
