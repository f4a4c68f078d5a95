import { createHash } from 'node:crypto';
import { request, type Dispatcher } from 'undici';
import { SyncError } from '../errors/SyncError.js';
import { DispatcherPool } from './dispatchers.js';
import { fetchFailure, refuseProxy } from './fetchFailure.js';
import { readResponseBody } from './readResponseBody.js';
import type { ProxySettings } from './SourceSettings.js';

/** Licence terms are texts; what is larger is none. */
const MAX_FILE_BYTES = 16 * 1024 * 1024;

/** How files are reached: connections and proxy for an address, and the time for one file in ms. */
interface FileFetcherOptions {
  readonly dispatcherFor: (url: URL) => Dispatcher;
  readonly proxyFor: (url: URL) => ProxySettings | undefined;
  readonly timeoutMs: number;
}

/** A file to verify: its name in messages and its base64 SHA-1. */
export interface ExpectedFile {
  readonly fileName: string;
  readonly digest: string;
}

/** Fetches content files over HTTP, whole and verified. */
export class FileFetcher {
  readonly #options: FileFetcherOptions;
  readonly #dispatchers: DispatcherPool;

  constructor(options: FileFetcherOptions) {
    this.#options = options;
    this.#dispatchers = new DispatcherPool(options.dispatcherFor);
  }

  /** The bytes of a file, undefined where the server answers without it. */
  async fetch(url: URL, file: ExpectedFile, signal: AbortSignal): Promise<Uint8Array | undefined> {
    const time = AbortSignal.timeout(this.#options.timeoutMs);
    try {
      return await this.#get(url, file, AbortSignal.any([signal, time]));
    } catch (caught) {
      const { timeoutMs: timeMs, proxyFor } = this.#options;
      throw await fetchFailure(caught, { url, what: `Fetching ${file.fileName}`, signal, time, timeMs, proxyFor });
    }
  }

  async close(): Promise<void> {
    await this.#dispatchers.close();
  }

  async #get(url: URL, file: ExpectedFile, signal: AbortSignal): Promise<Uint8Array | undefined> {
    const response = await request(url, {
      dispatcher: this.#dispatchers.for(url),
      method: 'GET',
      headers: { 'user-agent': 'ConfigMgrSync' },
      signal,
    });
    const body = await readResponseBody(response, { operation: 'GET', maximum: MAX_FILE_BYTES, signal });
    refuseProxy(response, this.#options.proxyFor(url));
    if (response.statusCode !== 200) return undefined;
    const digest = createHash('sha1').update(body).digest('base64');
    if (digest !== file.digest)
      throw new SyncError('ContentCorrupt', {
        file: file.fileName,
        url: url.origin,
        reason: 'its SHA-1 does not match',
      });
    return body;
  }
}
