import { identityKey } from '../metadata/UpdateIdentity.js';
import type { PackageDocument, WsusPackage } from './WsusPackage.js';

/**
 * Finds documents in a package that can only be read front to back: whoever asks in the order of the package costs one
 * pass in all.
 */
export class DocumentCursor {
  readonly #package: WsusPackage;
  #documents: AsyncGenerator<PackageDocument, void, undefined> | undefined;
  #turn: Promise<unknown> = Promise.resolve();

  constructor(wsusPackage: WsusPackage) {
    this.#package = wsusPackage;
  }

  /**
   * The documents of these keys (`guid.revision`), which are all in the package; askers are served one after the other.
   */
  async find(keys: ReadonlySet<string>, signal: AbortSignal): Promise<ReadonlyMap<string, PackageDocument>> {
    const found = this.#turn.then(async () => this.#find(keys, signal));
    this.#turn = found.catch(() => undefined);
    return found;
  }

  async close(): Promise<void> {
    await this.#turn;
    await this.#documents?.return();
  }

  async #find(keys: ReadonlySet<string>, signal: AbortSignal): Promise<Map<string, PackageDocument>> {
    const found = new Map<string, PackageDocument>();
    await this.#read(keys, found, signal);
    if (found.size < keys.size) {
      // What was asked for lies behind: once more from the beginning.
      await this.#documents?.return();
      this.#documents = undefined;
      await this.#read(keys, found, signal);
    }
    return found;
  }

  async #read(keys: ReadonlySet<string>, found: Map<string, PackageDocument>, signal: AbortSignal): Promise<void> {
    this.#documents ??= this.#package.documents();
    while (found.size < keys.size && !signal.aborted) {
      const { value, done } = await this.#documents.next();
      if (done === true) return;
      const key = identityKey(value.identity);
      if (keys.has(key)) found.set(key, value);
    }
  }
}
