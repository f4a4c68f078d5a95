import { once } from 'node:events';
import { connect } from 'node:net';
import { Duplex } from 'node:stream';
import { connect as connectTls, type TLSSocket } from 'node:tls';

/** A TLS client that keeps back all behind its first message, until it is told to let it go. */
export class LateGreeter {
  readonly #tls: TLSSocket;
  readonly #kept: (() => void)[] = [];
  #hasGreeted = false;

  constructor(port: number) {
    const tcp = connect(port, '127.0.0.1');
    const late = new Duplex({
      read: () => void tcp.resume(),
      write: (bytes: Buffer, _encoding, done) => {
        if (this.#hasGreeted) this.#kept.push(() => tcp.write(bytes));
        else tcp.write(bytes);
        this.#hasGreeted = true;
        done();
      },
      destroy: (_error, done) => {
        tcp.destroy();
        done(null);
      },
    });
    tcp.on('data', (bytes: Buffer) => late.push(bytes));
    tcp.on('error', () => late.destroy());
    this.#tls = connectTls({ socket: late, rejectUnauthorized: false });
    this.#tls.on('error', () => undefined);
  }

  /** Asks something as soon as the server has said its part; fulfilled when that is kept back. */
  async ask(text: string): Promise<void> {
    await once(this.#tls, 'secureConnect');
    await new Promise((resolve) => void this.#tls.write(text, resolve));
  }

  release(): void {
    for (const send of this.#kept.splice(0)) send();
  }

  close(): void {
    this.#tls.destroy();
  }
}
