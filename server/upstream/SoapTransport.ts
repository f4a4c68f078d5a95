import { request } from 'undici';
import type { Dispatcher } from 'undici';
import { SyncError } from '../errors/SyncError.js';
import { nextTurn } from '../platform/inTurns.js';
import { CONTENT_TYPE, soapActionOf } from '../wire/operations.js';
import type { OperationName, SoapVersion } from '../wire/operations.js';
import type { ProxySettings } from './SourceSettings.js';
import { checkAnswer } from './checkAnswer.js';
import { explainTransportError } from './explainTransportError.js';
import { isLoopbackHost } from './proxy.js';
import { readResponseBody } from './readResponseBody.js';

/** What the transport is made of. */
interface TransportOptions {
  readonly dispatcher: Dispatcher;
  /** The upstream as named in messages. */
  readonly url: string;
  readonly proxy: ProxySettings | undefined;
  readonly timeoutMs: number;
  /** A signal that fires after so many ms; by itself a timer of the system. */
  readonly timeLimit?: ((ms: number) => AbortSignal) | undefined;
  readonly maxResponseBytes: number;
  readonly soap: SoapVersion;
  readonly clock: () => number;
  /** In which form answers are asked for. If not given: in gzip, but plain from this machine. */
  readonly encoding?: 'gzip' | 'identity' | undefined;
  readonly onCall?: (operation: string) => () => void;
}

/** One request to send. */
export interface SoapCall {
  readonly operation: OperationName;
  readonly target: URL;
  readonly body: Buffer;
  /** Share of the usual time-out; all of it if not given. */
  readonly timeShare?: number | undefined;
  /** Gives the place that a large answer is read into. */
  readonly room?: (() => Buffer | undefined) | undefined;
}

/** Sends one SOAP request over HTTP once, with a time-out; every failure is a SyncError by its cause. */
export class SoapTransport {
  readonly #options: TransportOptions;

  constructor(options: TransportOptions) {
    this.#options = options;
  }

  /** The bytes of a good answer. */
  async send(call: SoapCall, signal: AbortSignal): Promise<Buffer> {
    const { timeLimit = (ms) => AbortSignal.timeout(ms) } = this.#options;
    const time = timeLimit(this.#timeoutOf(call));
    const ended = this.#options.onCall?.(call.operation);
    try {
      return await this.#exchange(call, AbortSignal.any([signal, time]));
    } catch (caught) {
      throw await this.#explain(caught, call, { cancelled: signal.aborted, expired: time.aborted });
    } finally {
      ended?.();
    }
  }

  /** Closes the connections. */
  async close(): Promise<void> {
    await this.#options.dispatcher.destroy();
  }

  async #exchange(call: SoapCall, signal: AbortSignal): Promise<Buffer> {
    const { dispatcher, maxResponseBytes, url, proxy } = this.#options;
    const headers = this.#headersOf(call);
    const response = await request(call.target, { dispatcher, method: 'POST', headers, body: call.body, signal });
    const { operation, room } = call;
    const body = await readResponseBody(response, { operation, maximum: maxResponseBytes, room, signal });
    // A long answer takes long to put together, and to be read. What has just come ends before the second turn.
    await nextTurn();
    await nextTurn();
    const answer = { status: response.statusCode, headers: response.headers, body };
    return checkAnswer(answer, { url, operation: call.operation, proxy, now: this.#options.clock() });
  }

  #timeoutOf({ timeShare = 1 }: SoapCall): number {
    return Math.ceil(this.#options.timeoutMs * timeShare);
  }

  #headersOf({ operation, target }: SoapCall): Record<string, string> {
    const { soap, encoding } = this.#options;
    const action = soapActionOf(operation);
    const common = {
      // On one machine packing costs both ends more than the bytes it saves.
      'accept-encoding': encoding ?? (isLoopbackHost(target.hostname) ? 'identity' : 'gzip'),
      'user-agent': 'ConfigMgrSync',
    };
    if (soap === '1.2') return { ...common, 'content-type': `${CONTENT_TYPE[soap]}; action="${action}"` };
    return { ...common, 'content-type': CONTENT_TYPE[soap], soapaction: `"${action}"` };
  }

  async #explain(caught: unknown, call: SoapCall, end: { cancelled: boolean; expired: boolean }): Promise<SyncError> {
    const { url, proxy } = this.#options;
    const { operation, target } = call;
    if (end.cancelled)
      return new SyncError('Cancelled', { what: `The call ${operation} of ${url}` }, { cause: caught });
    if (end.expired)
      return new SyncError(
        'UpstreamTimeout',
        { url, operation, seconds: this.#timeoutOf(call) / 1000 },
        { cause: caught },
      );
    return explainTransportError(caught, { url, target, operation, proxy });
  }
}
