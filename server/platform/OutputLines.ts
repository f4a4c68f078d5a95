import { StringDecoder } from 'node:string_decoder';

/** How much of an output is taken: so many lines of so many characters, the rest is counted. */
export interface OutputLimits {
  readonly lines: number;
  readonly width: number;
}

/** Makes lines of what a process prints, in bounded memory however much and however long it prints. */
export class OutputLines {
  readonly #decoder = new StringDecoder('utf8');
  readonly #limits: OutputLimits;
  readonly #take: (line: string) => void;
  #line = '';
  #begun = false;
  #count = 0;

  constructor(limits: OutputLimits, take: (line: string) => void) {
    this.#limits = limits;
    this.#take = take;
  }

  /** Lines that came after the limit was reached. */
  get dropped(): number {
    return Math.max(0, this.#count - this.#limits.lines);
  }

  add(chunk: Buffer): void {
    this.#addText(this.#decoder.write(chunk));
  }

  /** Gives the last line where no line end follows it. */
  end(): void {
    this.#addText(this.#decoder.end());
    if (this.#begun) this.#endLine();
  }

  #addText(text: string): void {
    let from = 0;
    for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', from)) {
      this.#grow(text.slice(from, at));
      this.#endLine();
      from = at + 1;
    }
    if (from < text.length) this.#grow(text.slice(from));
  }

  #grow(text: string): void {
    this.#begun = true;
    if (this.#line.length <= this.#limits.width)
      this.#line += text.slice(0, this.#limits.width + 1 - this.#line.length);
  }

  #endLine(): void {
    const line = this.#line.replace(/\r$/, '');
    this.#count += 1;
    if (this.#count <= this.#limits.lines)
      this.#take(line.length > this.#limits.width ? `${line.slice(0, this.#limits.width)}…` : line);
    this.#line = '';
    this.#begun = false;
  }
}
