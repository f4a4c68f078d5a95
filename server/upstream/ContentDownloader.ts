import { createHash } from 'node:crypto';
import { constants } from 'node:fs';
import { request, type Dispatcher } from 'undici';
import { SyncError } from '../errors/SyncError.js';
import type { FolderFiles } from '../platform/files/folderFiles.js';
import { removeAfterFailure, renameWithRetry } from '../platform/files/heldFiles.js';
import { writeWholly } from '../platform/files/writeWholly.js';
import { DispatcherPool } from './dispatchers.js';
import { fetchFailure, refuseProxy } from './fetchFailure.js';
import type { ExpectedFile } from './FileFetcher.js';
import type { ProxySettings } from './SourceSettings.js';

/** How files are reached, and for how long (ms) nothing may come before a download is given up. */
interface DownloaderOptions {
  readonly dispatcherFor: (url: URL) => Dispatcher;
  readonly proxyFor: (url: URL) => ProxySettings | undefined;
  readonly idleMs: number;
  /** The files of the folder that all targets lie in. */
  readonly files: FolderFiles;
}

/** Where a file may be had, in the order in which it is tried, and where it goes. */
export interface Download {
  readonly file: ExpectedFile & { readonly size: number };
  readonly urls: readonly URL[];
  readonly target: string;
}

/** Downloads update files of any size: piece by piece beside the target, verified, then renamed. */
export class ContentDownloader {
  readonly #options: DownloaderOptions;
  readonly #dispatchers: DispatcherPool;

  constructor(options: DownloaderOptions) {
    this.#options = options;
    this.#dispatchers = new DispatcherPool(options.dispatcherFor);
  }

  /**
   * Brings one file.
   * @throws SyncError ContentMissing, ContentCorrupt, Cancelled and those of the transport
   */
  async download({ file, urls, target }: Download, signal: AbortSignal): Promise<void> {
    const statuses: number[] = [];
    for (const url of urls) {
      const status = await this.#from(url, { file, target, signal });
      if (status === 200) return;
      statuses.push(status);
    }
    throw new SyncError('ContentMissing', {
      file: file.fileName,
      url: urls.map((url) => url.origin).join(', ') || 'the source',
      reason: urls.length === 0 ? 'it has no known address' : `HTTP ${statuses.join(', ')}`,
    });
  }

  async close(): Promise<void> {
    await this.#dispatchers.close();
  }

  /** The status of the answer; the file has come with 200 only. */
  async #from(
    url: URL,
    { file, target, signal }: { file: Download['file']; target: string; signal: AbortSignal },
  ): Promise<number> {
    const part = `${target}.part`;
    const idle = new AbortController();
    try {
      const response = await request(url, {
        dispatcher: this.#dispatchers.for(url),
        method: 'GET',
        headers: { 'user-agent': 'ConfigMgrSync' },
        signal: AbortSignal.any([signal, idle.signal]),
        headersTimeout: this.#options.idleMs,
      });
      if (response.statusCode !== 200) {
        await response.body.dump();
        refuseProxy(response, this.#options.proxyFor(url));
        return response.statusCode;
      }
      await this.#write(response.body, { part, idle, file, url });
      await renameWithRetry(part, target, { rename: (from, to) => this.#options.files.renameSync(from, to) });
      return 200;
    } catch (caught) {
      const { idleMs: timeMs, proxyFor } = this.#options;
      const what = `Downloading ${file.fileName}`;
      throw await fetchFailure(caught, { url, what, signal, time: idle.signal, timeMs, proxyFor });
    } finally {
      removeAfterFailure(this.#options.files, part);
    }
  }

  async #write(
    body: AsyncIterable<Buffer>,
    { part, idle, file, url }: { part: string; idle: AbortController; file: Download['file']; url: URL },
  ): Promise<void> {
    const hash = createHash('sha1');
    const output = await this.#options.files.openHandle(part, 'w', 0o660);
    let timer = setTimeout(() => idle.abort(), this.#options.idleMs);
    let size = 0;
    try {
      for await (const chunk of body) {
        clearTimeout(timer);
        size += chunk.length;
        if (size > file.size) throw corrupt(file, url, `it has more than ${file.size} bytes`);
        hash.update(chunk);
        await writeWholly(output, chunk, size - chunk.length);
        timer = setTimeout(() => idle.abort(), this.#options.idleMs);
      }
      await output.sync();
    } finally {
      clearTimeout(timer);
      await output.close();
    }
    if (hash.digest('base64') !== file.digest) throw corrupt(file, url, 'its SHA-1 does not match');
  }
}

/** Tells whether a file is there and is the one that is meant. */
export async function isContentFile(
  files: Pick<FolderFiles, 'openHandle'>,
  path: string,
  { digest, size }: { digest: string; size: number },
): Promise<boolean> {
  // A pipe in its place must not make this process wait.
  const file = await files.openHandle(path, constants.O_RDONLY | constants.O_NONBLOCK).catch(() => undefined);
  if (file === undefined) return false;
  try {
    const found = await file.stat();
    if (!found.isFile() || found.size !== size) return false;
    const hash = createHash('sha1');
    for await (const chunk of file.createReadStream({ autoClose: false })) hash.update(chunk as Buffer);
    return hash.digest('base64') === digest;
  } finally {
    await file.close();
  }
}

function corrupt(file: ExpectedFile, url: URL, reason: string): SyncError {
  return new SyncError('ContentCorrupt', { file: file.fileName, url: url.origin, reason });
}
