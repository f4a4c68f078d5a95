import { SERVER_SYNC_PATH } from '../wire/soap.js';
import type { OperationName, SoapVersion } from '../wire/soap.js';
import type { Retrier } from './Retrier.js';
import type { SoapCall, SoapTransport } from './SoapTransport.js';
import { serviceUrl } from './serviceUrl.js';

/** Sends calls to one upstream and repeats them as the retry policy says. */
export class SoapCaller {
  readonly soap: SoapVersion = '1.1';
  /** The upstream as named in messages. */
  readonly url: string;

  constructor(
    readonly base: URL,
    private readonly transport: SoapTransport,
    private readonly retrier: Retrier,
  ) {
    this.url = base.href.replace(/\/$/, '');
  }

  /** Calls the ServerSync service. */
  async serverSync(operation: OperationName, body: Buffer, signal: AbortSignal): Promise<Buffer> {
    return this.send({ operation, target: serviceUrl(this.base, SERVER_SYNC_PATH), body }, signal);
  }

  /** Calls the ServerSync service once, and waits for a share of the usual time. */
  async serverSyncOnce(call: Omit<SoapCall, 'target'>, signal: AbortSignal): Promise<Buffer> {
    return this.transport.send({ ...call, target: serviceUrl(this.base, SERVER_SYNC_PATH) }, signal);
  }

  /** Makes an attempt again as the retry policy says. */
  async retry<Result>(attempt: () => Promise<Result>, signal: AbortSignal): Promise<Result> {
    return this.retrier.run(attempt, signal);
  }

  /** Calls any service. */
  async send(call: SoapCall, signal: AbortSignal): Promise<Buffer> {
    return this.retrier.run(async () => this.transport.send(call, signal), signal);
  }

  async close(): Promise<void> {
    await this.transport.close();
  }
}
