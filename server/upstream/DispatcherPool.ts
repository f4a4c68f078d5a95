import type { Dispatcher } from 'undici';

/** The connections of one client, kept for each origin until they are closed. */
export class DispatcherPool {
  readonly #make: (url: URL) => Dispatcher;
  readonly #dispatchers = new Map<string, Dispatcher>();

  constructor(make: (url: URL) => Dispatcher) {
    this.#make = make;
  }

  /** The dispatcher for the origin of an address, made when it is first needed. */
  for(url: URL): Dispatcher {
    const known = this.#dispatchers.get(url.origin);
    if (known !== undefined) return known;
    const dispatcher = this.#make(url);
    this.#dispatchers.set(url.origin, dispatcher);
    return dispatcher;
  }

  /** Ends all connections at once. */
  async close(): Promise<void> {
    await Promise.all([...this.#dispatchers.values()].map(async (dispatcher) => dispatcher.destroy()));
    this.#dispatchers.clear();
  }
}
