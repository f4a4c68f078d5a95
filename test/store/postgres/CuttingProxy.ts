import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';

/** Stands between a client and a server, and cuts the connection where it is told to. */
export class CuttingProxy {
  /** Cut once when the client has sent this, before an answer comes back; the server has got it. */
  cutAfter: string | undefined;
  cuts = 0;
  /** How often the client has sent something after it had heard from the server: each is a way there and back. */
  turns = 0;
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();

  private constructor(port: number) {
    this.#server = createServer((client) => this.#join(client, connect(port, '127.0.0.1')));
  }

  static async to(port: number): Promise<CuttingProxy> {
    const proxy = new CuttingProxy(port);
    proxy.#server.listen(0, '127.0.0.1');
    await once(proxy.#server, 'listening');
    return proxy;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  async close(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    this.#server.close();
    await once(this.#server, 'close');
  }

  #join(client: Socket, server: Socket): void {
    for (const socket of [client, server]) {
      this.#sockets.add(socket);
      socket.on('error', () => undefined);
      socket.on('close', () => this.#sockets.delete(socket));
    }
    let hasHeard = true;
    client.on('close', () => server.end());
    server.on('close', () => client.destroy());
    server.on('data', (bytes) => {
      hasHeard = true;
      if (!client.destroyed) client.write(bytes);
    });
    client.on('data', (bytes) => {
      this.turns += +hasHeard;
      hasHeard = false;
      server.write(bytes);
      if (this.cutAfter === undefined || !bytes.includes(this.cutAfter)) return;
      this.cutAfter = undefined;
      this.cuts += 1;
      client.destroy();
    });
  }
}
