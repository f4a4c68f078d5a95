import { isUtf8 } from 'node:buffer';

/** How much of an output is taken: so many lines of so many characters, the rest is counted. */
export interface OutputLimits {
  readonly lines: number;
  readonly width: number;
}

/** What is done with an output. */
interface OutputReader {
  /** Reads the bytes of a line. */
  readonly read: (bytes: Buffer) => string;
  readonly take: (line: string) => void;
}

/** A letter has no more, in UTF-8 and in every code page. */
const BYTES_OF_LETTER = 4;
const LINE_END = 0x0a;

/** Makes lines of what a process prints, in bounded memory however much and however long it prints. */
export class OutputLines {
  readonly #limits: OutputLimits;
  readonly #reader: OutputReader;
  readonly #longest: number;
  #pieces: Buffer[] = [];
  #length = 0;
  #begun = false;
  #count = 0;

  constructor(limits: OutputLimits, reader: OutputReader) {
    this.#limits = limits;
    this.#reader = reader;
    this.#longest = BYTES_OF_LETTER * (limits.width + 1);
  }

  /** Lines that came after the limit was reached. */
  get dropped(): number {
    return Math.max(0, this.#count - this.#limits.lines);
  }

  add(chunk: Buffer): void {
    let from = 0;
    for (let at = chunk.indexOf(LINE_END); at >= 0; at = chunk.indexOf(LINE_END, from)) {
      this.#grow(chunk.subarray(from, at));
      this.#endLine();
      from = at + 1;
    }
    if (from < chunk.length) this.#grow(chunk.subarray(from));
  }

  /** Gives the last line where no line end follows it. */
  end(): void {
    if (this.#begun) this.#endLine();
  }

  #grow(bytes: Buffer): void {
    this.#begun = true;
    const piece = bytes.subarray(0, this.#longest - this.#length);
    if (piece.length > 0 && this.#count < this.#limits.lines) this.#pieces.push(Buffer.from(piece));
    this.#length += piece.length;
  }

  #endLine(): void {
    this.#count += 1;
    if (this.#count <= this.#limits.lines) {
      const bytes = Buffer.concat(this.#pieces);
      const line = this.#reader.read(this.#length < this.#longest ? bytes : wholeLetters(bytes)).replace(/\r$/, '');
      const isLong = line.length > this.#limits.width;
      this.#reader.take(isLong ? `${line.slice(0, this.#limits.width)}…` : line);
    }
    this.#pieces = [];
    this.#length = 0;
    this.#begun = false;
  }
}

/** A line that was cut may end within a letter of UTF-8, and would not count as such. */
function wholeLetters(bytes: Buffer): Buffer {
  for (let cut = 0; cut < BYTES_OF_LETTER; cut += 1) {
    const whole = bytes.subarray(0, bytes.length - cut);
    if (isUtf8(whole)) return whole;
  }
  return bytes;
}
