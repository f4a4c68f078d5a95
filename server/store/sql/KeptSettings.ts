/** Long settings as they were read, until somebody writes them. */
export class KeptSettings {
  readonly #values = new Map<string, unknown>();
  /** Rises with each write: what was asked for before may be older than it. */
  #writes = 0;

  get writes(): number {
    return this.#writes;
  }

  has(name: string): boolean {
    return this.#values.has(name);
  }

  get(name: string): unknown {
    return this.#values.get(name);
  }

  /** `asked`: `writes` when the database was asked. What was there before something was written is not kept. */
  keep(name: string, value: unknown, asked: number): void {
    if (asked === this.#writes) this.#values.set(name, value);
  }

  delete(name: string): void {
    this.#writes += 1;
    this.#values.delete(name);
  }

  clear(): void {
    this.#writes += 1;
    this.#values.clear();
  }
}
