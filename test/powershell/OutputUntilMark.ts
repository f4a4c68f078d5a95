import type { Readable } from 'node:stream';

/** The output of a process that works on one thing after the other and prints a mark after each. */
export class OutputUntilMark {
  #text = '';
  #arrived: () => void = () => undefined;

  constructor(stream: Readable) {
    stream.setEncoding('utf8').on('data', (chunk: string) => {
      this.#text += chunk;
      this.#arrived();
    });
  }

  /** What was printed since the last mark. */
  get text(): string {
    return this.#text;
  }

  /** Resolves when the mark has come with what stood before it and the number behind it. */
  until(mark: string): Promise<{ readonly text: string; readonly code: number }> {
    const end = new RegExp(`${mark} (\\d+)\\n`);
    return new Promise((resolve) => {
      this.#arrived = () => {
        const found = end.exec(this.#text);
        if (found === null) return;
        const text = this.#text.slice(0, found.index);
        this.#text = this.#text.slice(found.index + found[0].length);
        this.#arrived = () => undefined;
        resolve({ text, code: Number(found[1]) });
      };
      this.#arrived();
    });
  }
}
