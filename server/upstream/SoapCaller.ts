import { type OperationName, SERVER_SYNC_PATH, type SoapVersion } from '../wire/operations.js';
import { malformed } from '../xml/malformed.js';
import type { Retrier } from './Retrier.js';
import type { SoapCall, SoapTransport } from './SoapTransport.js';

/** The address of a service: its path appended to the base, which ends in a slash and may have a path of its own. */
export function serviceUrl(base: URL, path: string): URL {
  return new URL(path.replace(/^\/+/, ''), base);
}

/**
 * The address of the authorization service as the server names it in ServiceUrl (MS-WSUSSS 3.1.4.1): relative to the
 * server root, or absolute on the same host and not less protected.
 */
export function plugInUrl(base: URL, text: string): URL {
  if (!/^[a-z][a-z0-9+.-]*:/i.test(text)) return serviceUrl(base, text);
  const named = URL.canParse(text) ? new URL(text) : undefined;
  const allowed =
    named !== undefined &&
    named.hostname === base.hostname &&
    (named.protocol === base.protocol || named.protocol === 'https:');
  if (!allowed) throw malformed('GetAuthConfig', `its ServiceUrl points to another server: ${text.slice(0, 100)}`);
  return named;
}

/** Sends calls to one upstream and repeats them as the retry policy says. */
export class SoapCaller {
  readonly #transport: SoapTransport;
  readonly #retrier: Retrier;
  readonly soap: SoapVersion = '1.1';
  /** The upstream as named in messages. */
  readonly url: string;

  constructor(
    readonly base: URL,
    transport: SoapTransport,
    retrier: Retrier,
  ) {
    this.#transport = transport;
    this.#retrier = retrier;
    this.url = base.href.replace(/\/$/, '');
  }

  /** Calls the ServerSync service. */
  async serverSync(operation: OperationName, body: Buffer, signal: AbortSignal): Promise<Buffer> {
    return this.send({ operation, target: serviceUrl(this.base, SERVER_SYNC_PATH), body }, signal);
  }

  /** Calls the ServerSync service once, and waits for a share of the usual time. */
  async serverSyncOnce(call: Omit<SoapCall, 'target'>, signal: AbortSignal): Promise<Buffer> {
    return this.#transport.send({ ...call, target: serviceUrl(this.base, SERVER_SYNC_PATH) }, signal);
  }

  /** Makes an attempt again as the retry policy says. */
  async retry<Result>(attempt: () => Promise<Result>, signal: AbortSignal): Promise<Result> {
    return this.#retrier.run(attempt, signal);
  }

  /** Calls any service. */
  async send(call: SoapCall, signal: AbortSignal): Promise<Buffer> {
    return this.#retrier.run(async () => this.#transport.send(call, signal), signal);
  }

  async close(): Promise<void> {
    await this.#transport.close();
  }
}
