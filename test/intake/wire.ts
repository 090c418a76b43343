/** A client that says exactly what it is told, byte for byte. */
import { connect, type Socket } from 'node:net';

export class Wire {
  private heard = '';
  private waiting: (() => void)[] = [];
  closed = false;

  private constructor(readonly socket: Socket) {
    socket.on('data', (chunk) => {
      this.heard += chunk.toString('latin1');
      this.wake();
    });
    socket.on('error', () => {});
    socket.on('close', () => {
      this.closed = true;
      this.wake();
    });
  }

  static async open(port: number, host = '127.0.0.1'): Promise<Wire> {
    const socket = connect(port, host);
    const wire = new Wire(socket);
    return wire;
  }

  private wake() {
    for (const go of this.waiting.splice(0)) go();
  }

  /** The next whole reply; '' when the server hung up. */
  async reply(): Promise<string> {
    for (;;) {
      const whole = /^(?:\d{3}-[^\n]*\n)*\d{3}(?: [^\n]*)?\r?\n/.exec(this.heard);
      if (whole) {
        this.heard = this.heard.slice(whole[0].length);
        return whole[0].trim();
      }
      if (this.closed) return '';
      await new Promise<void>((resolve) => this.waiting.push(resolve));
    }
  }

  async say(line: string): Promise<string> {
    this.send(`${line}\r\n`);
    return this.reply();
  }

  send(bytes: string | Uint8Array) {
    this.socket.write(bytes);
  }

  /** Greeting, EHLO, MAIL and RCPT. @returns the reply to RCPT */
  async envelope(to: string, from = 'ana@example.org'): Promise<string> {
    await this.reply();
    await this.say('EHLO relay.example.org');
    await this.say(`MAIL FROM:<${from}>`);
    return this.say(`RCPT TO:<${to}>`);
  }

  end() {
    this.socket.destroy();
  }
}
