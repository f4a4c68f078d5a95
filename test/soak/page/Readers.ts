import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { repetitions } from '../../fixtures/repetitions.js';

/** How many of each kind come. */
export interface ReaderCounts {
  /** Follow what happens over server-sent events. */
  readonly followers: number;
  /** The same, and read nothing of it. */
  readonly deafFollowers: number;
  /** Ask for one view after the other, as soon as they have read the last one. */
  readonly eager: number;
  /** Ask for many large answers and read none. */
  readonly slow: number;
  /** Leave as soon as their view begins, and come again. */
  readonly leaving: number;
}

const VIEWS = ['/', '/runs', '/updates', '/categories', '/messages', '/log', '/settings', '/metrics', '/updates.csv'];
/** Answers that a slow one asks for at once. */
const UNREAD = repetitions(1, 5);
/** Views that an eager one reads, and times that one leaves. */
const TIMES = repetitions(1, 100_000);

/** Readers of the status page from several addresses of this machine, until they are ended. */
export class Readers {
  readonly #port: number;
  readonly #addresses: readonly string[];
  readonly #sockets = new Set<Socket>();
  readonly #statuses = new Map<string, number>();
  /** Those who read, once each has had its first answer. */
  readonly #begun: Promise<unknown>[] = [];
  #isOver = false;
  #number = 0;

  constructor(port: number, addresses: readonly string[]) {
    this.#port = port;
    this.#addresses = addresses;
  }

  /** Comes with all of them; resolves when each of those who read has had an answer. */
  async come({ followers, deafFollowers, eager, slow, leaving }: ReaderCounts): Promise<void> {
    this.#each(followers, () => this.#follow(true));
    this.#each(deafFollowers, () => this.#follow(false));
    this.#each(eager, () => this.#readViews());
    this.#each(slow, () => this.#connect().pause().write(get('/updates.csv').repeat(UNREAD)));
    this.#each(leaving, () => this.#leave(TIMES));
    await Promise.all(this.#begun);
  }

  /** How often each status was given, over all kinds; `events` are those that followers have heard. */
  get answers(): Readonly<Record<string, number>> {
    return Object.fromEntries(this.#statuses);
  }

  get count(): number {
    return this.#sockets.size;
  }

  /** Leaves with all of them. */
  async end(): Promise<void> {
    this.#isOver = true;
    await Promise.all([...this.#sockets].map(async (socket) => once(socket.destroy(), 'close')));
  }

  #each(count: number, come: () => unknown): void {
    for (let number = 0; number < count; number += 1) come();
  }

  #connect(): Socket {
    const localAddress = this.#addresses[this.#number % this.#addresses.length];
    this.#number += 1;
    const socket = connect({
      port: this.#port,
      host: '127.0.0.1',
      ...(localAddress === undefined ? {} : { localAddress }),
    });
    this.#sockets.add(socket);
    socket.on('error', () => undefined).once('close', () => this.#sockets.delete(socket));
    return socket;
  }

  #follow(reads: boolean): void {
    const socket = this.#connect();
    socket.write(get('/events'));
    if (!reads) return void socket.pause();
    this.#begun.push(once(socket, 'data'));
    socket.on('data', (piece: Buffer) => {
      const text = piece.toString('latin1');
      this.#note(text);
      if (text.includes('data: ')) this.#tally('events');
    });
  }

  #readViews(): void {
    const socket = this.#connect();
    this.#begun.push(once(socket, 'data'));
    let view = this.#number;
    const ask = (): unknown => socket.write(get(VIEWS[view++ % VIEWS.length] ?? '/'));
    let [left, read] = [0, 0];
    socket.on('data', (piece: Buffer) => {
      const head = this.#note(piece.toString('latin1'));
      const bodyOf = head === undefined ? 0 : Number(/content-length: (\d+)/i.exec(head)?.[1]) + head.length;
      left += bodyOf - piece.length;
      if (left <= 0 && ++read < TIMES) ask();
    });
    ask();
  }

  #leave(times: number): void {
    if (this.#isOver || times === 0) return;
    const socket = this.#connect();
    socket.write(get('/updates'));
    socket.once('data', () => socket.destroy()).once('close', () => this.#leave(times - 1));
  }

  /** Counts an answer that begins here, and gives its head. */
  #note(text: string): string | undefined {
    const [, status] = /^HTTP\/1\.1 (\d+)/.exec(text) ?? [];
    if (status === undefined) return undefined;
    this.#tally(status);
    return text.slice(0, text.indexOf('\r\n\r\n') + 4);
  }

  #tally(what: string): void {
    this.#statuses.set(what, (this.#statuses.get(what) ?? 0) + 1);
  }
}

function get(path: string): string {
  return `GET ${path} HTTP/1.1\r\nHost: localhost\r\n\r\n`;
}
