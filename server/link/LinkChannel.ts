import type { Readable } from 'node:stream';
import type { TLSSocket } from 'node:tls';
import {
  createMessageConnection,
  type DataCallback,
  type Disposable,
  type MessageConnection,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-jsonrpc/node';
import { createWebSocketStream, type WebSocket } from 'ws';
import type { LinkClosing, WholeContract } from '../contract/generated/types.js';
import type { SchemaName } from '../contract/MethodDescription.js';
import { validate } from '../contract/validator.js';
import { isErrorId, reasonOf, SyncError, toSyncError } from '../errors/SyncError.js';
import type { Clock } from '../platform/Clock.js';
import { fromResponseError, toResponseError } from '../rpc/errors.js';
import { LINK_LIMITS, LINK_METHODS } from './linkContract.js';
import type { MeteredAmount } from './meter.js';

/** What a reader tells of what comes. */
interface LinkReaderEvents {
  readonly onBytes: (count: number) => void;
  readonly onMessage: () => void;
  /** False once the connection is being closed: what still comes is dropped. */
  readonly isOpen: () => boolean;
}

/** Reads messages and counts them before they are handled. */
class LinkReader extends StreamMessageReader {
  readonly #stream: Readable;
  readonly #events: LinkReaderEvents;

  constructor(stream: Readable, events: LinkReaderEvents) {
    super(stream);
    this.#stream = stream;
    this.#events = events;
  }

  override listen(callback: DataCallback): Disposable {
    // Before the reader's own listener, so that too much is noticed before it is kept.
    this.#stream.on('data', (chunk: Buffer) => this.#events.onBytes(chunk.length));
    return super.listen((message) => {
      if (!this.#events.isOpen()) return;
      this.#events.onMessage();
      if (this.#events.isOpen()) callback(message);
    });
  }
}

/** What a channel is made of. */
interface ChannelOptions {
  readonly socket: WebSocket;
  /** The TLS connection under the WebSocket. */
  readonly tls: TLSSocket;
  readonly clock: Clock;
  /** Who is at the other end, for errors. */
  readonly peer: string;
  /** Looks at every piece and every whole message that comes; what it returns ends the connection. */
  readonly meter?: (amount: MeteredAmount) => SyncError | undefined;
}

type Valid<S extends SchemaName> = Required<WholeContract>[S];

const CLOSED_BY_POLICY = 4000;

/**
 * One connection of the site link: JSON-RPC over a WebSocket, every message checked against its schema, both ends
 * pinging.
 */
export class LinkChannel {
  /** Names this TLS connection; the same at both ends (RFC 5705). */
  readonly binding: string;
  /** Why the connection is over. */
  readonly ended: Promise<SyncError>;
  /** The other end closed or reset the connection without a word, and nothing was wrong until then. */
  hasLeft = false;
  /** When anything came of the other end last. */
  lastSign: Date;
  readonly #options: ChannelOptions;
  readonly #rpc: MessageConnection;
  #reason: SyncError | undefined;
  #isClosing = false;
  #hasSign = true;
  #unread = 0;

  constructor(options: ChannelOptions) {
    const { socket, tls } = options;
    this.#options = options;
    this.lastSign = options.clock.now();
    this.binding = tls.exportKeyingMaterial(32, 'EXPORTER-ConfigMgrSync-site-link', Buffer.alloc(0)).toString('hex');
    const stream = createWebSocketStream(socket);
    stream.on('error', (error) => this.#isOpen() && this.#end(this.#broken(reasonOf(error))));
    const reader = new LinkReader(stream, {
      onBytes: (bytes) => this.#meter({ bytes }),
      onMessage: () => this.#meter({ messages: 1 }),
      isOpen: () => !this.#isClosing,
    });
    this.#rpc = createMessageConnection(reader, new StreamMessageWriter(stream));
    this.#rpc.onError(([error]) => this.#isOpen() && this.close(this.#broken(reasonOf(error))));
    this.#rpc.onNotification(LINK_METHODS.closing, (params: unknown) => this.#hear(params));
    this.ended = new Promise((resolve) => socket.once('close', (code: number) => resolve(this.#over(code))));
    socket.on('pong', () => this.#hasCome());
    this.#pingLater();
  }

  /** Begins to read; the handlers stand by then. */
  listen(): void {
    this.#rpc.listen();
  }

  /** Answers a request of the other end. */
  onRequest<S extends SchemaName>(method: string, schema: S, handler: (params: Valid<S>) => Promise<object>): void {
    this.#rpc.onRequest(method, async (params: unknown) => {
      try {
        validate(schema, params, method);
        return await handler(params);
      } catch (error) {
        throw toResponseError(error, method);
      }
    });
  }

  /** Takes a notification of the other end; one that does not match its schema ends the connection. */
  onNotification<S extends SchemaName>(method: string, schema: S, handler: (params: Valid<S>) => void): void {
    this.#rpc.onNotification(method, (params: unknown) => {
      try {
        validate(schema, params, method);
        handler(params);
      } catch (error) {
        this.close(toSyncError(error, method));
      }
    });
  }

  /** Asks the other end. @throws SyncError what it answered, or why the connection ended */
  async request<S extends SchemaName>(method: string, params: object, schema: S): Promise<Valid<S>> {
    try {
      const result: unknown = await this.#rpc.sendRequest(method, params);
      validate(schema, result, method);
      return result;
    } catch (error) {
      throw this.#reason ?? fromResponseError(error, method);
    }
  }

  /** Tells the other end; fulfilled when it has been written. */
  async notify(method: string, params: object): Promise<void> {
    if (!this.#isClosing) await this.#rpc.sendNotification(method, params);
  }

  /** Tells the other end why, and closes. */
  close(reason: SyncError): void {
    if (this.#isClosing) return;
    this.#reason ??= reason;
    const { socket, clock } = this.#options;
    clock.after(LINK_LIMITS.closingMs, () => socket.terminate());
    const said: LinkClosing = { errorId: reason.errorId, data: { ...reason.data } };
    void this.notify(LINK_METHODS.closing, said)
      .catch(() => undefined)
      .finally(() => socket.close(CLOSED_BY_POLICY, reason.errorId));
    this.#isClosing = true;
  }

  /** Closes without giving a reason: nothing is wrong. */
  end(): void {
    if (this.#isClosing) return;
    this.#isClosing = true;
    this.#options.clock.after(LINK_LIMITS.closingMs, () => this.#options.socket.terminate());
    this.#options.socket.close(1000);
  }

  /** Whoever closes says why before: what could not be written any more then is not a reason. */
  #isOpen(): boolean {
    const { socket } = this.#options;
    return socket.readyState === socket.OPEN;
  }

  #hear(params: unknown): void {
    validate('link.closing', params, LINK_METHODS.closing);
    if (isErrorId(params.errorId)) this.#reason ??= new SyncError(params.errorId, params.data);
  }

  #hasCome(): void {
    this.#hasSign = true;
    this.lastSign = this.#options.clock.now();
  }

  #meter(amount: MeteredAmount): void {
    this.#hasCome();
    this.#unread = 'bytes' in amount ? this.#unread + amount.bytes : 0;
    const isTooLong = this.#unread > LINK_LIMITS.messageBytes;
    const reason = isTooLong
      ? this.#broken(`more than ${LINK_LIMITS.messageBytes} bytes without a whole message`)
      : this.#options.meter?.(amount);
    if (reason !== undefined) this.close(reason);
  }

  #pingLater(): void {
    const cancel = this.#options.clock.after(LINK_LIMITS.pingMs, () => {
      if (this.#hasSign) this.#ping();
      else this.#end(this.#broken('no answer to pings'));
    });
    this.#options.socket.once('close', cancel);
  }

  #ping(): void {
    this.#hasSign = false;
    this.#options.socket.ping();
    this.#pingLater();
  }

  /** Without a word: there is nobody to tell. */
  #end(reason: SyncError): void {
    this.#reason ??= reason;
    this.#options.socket.terminate();
  }

  #over(code: number): SyncError {
    this.hasLeft = this.#reason === undefined && !this.#isClosing;
    this.#isClosing = true;
    this.#reason ??= this.#broken(code === 1005 || code === 1000 ? 'it was closed' : `it was closed (${code})`);
    this.#rpc.dispose();
    return this.#reason;
  }

  #broken(reason: string): SyncError {
    return new SyncError('LinkBroken', { node: this.#options.peer, reason });
  }
}
