import type { ServerResponse } from 'node:http';
import type { Clock } from '../platform/Clock.js';
import type { Guest } from './Door.js';

/** Streams at the same time, of one address and of all. */
const MOST = { address: 4, all: 100 };
/** A reader is told as often at most; what comes between is merged. */
const BEAT_MS = 500;
/** Each of so many beats shows that the reader is still there, and still welcome. */
const LOOK_AFTER = 30;

/** Somebody who follows what happens. */
interface LiveReader {
  readonly address: string;
  readonly guest: Guest;
  /** What is newest is over, and no news for somebody who comes now. */
  readonly isLate: boolean;
  readonly response: Pick<
    ServerResponse,
    'once' | 'write' | 'end' | 'destroyed' | 'writableEnded' | 'writableNeedDrain'
  >;
}

/** What a reader has been told. */
interface Told {
  readonly reader: LiveReader;
  told: string;
}

/** Those who follow what happens over server-sent events. Who reads slowly is told the newest only, once it reads. */
export class LiveReaders {
  readonly #clock: Clock;
  readonly #readers = new Set<Told>();
  readonly #ofAddress = new Map<string, number>();
  #newest = '';
  #beats = 0;
  /** A page that leads to the next one leaves and comes again between two beats. */
  #isBeating = false;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  get count(): number {
    return this.#readers.size;
  }

  /** Whether there is room for one more of an address. */
  hasRoom(address: string): boolean {
    return this.#readers.size < MOST.all && (this.#ofAddress.get(address) ?? 0) < MOST.address;
  }

  /** Takes a reader, who is told what is newest until the connection or the signal ends. */
  add(reader: LiveReader, closing: AbortSignal): void {
    const entry = { reader, told: reader.isLate ? this.#newest : '' };
    this.#count(reader.address, 1);
    this.#readers.add(entry);
    const end = (): void => void reader.response.end();
    closing.addEventListener('abort', end, { once: true });
    reader.response.once('close', () => {
      closing.removeEventListener('abort', end);
      this.#readers.delete(entry);
      this.#count(reader.address, -1);
    });
    if (closing.aborted) end();
    this.#tell(entry);
    if (!this.#isBeating) this.#beatLater();
  }

  /** What all are told next; in the place of what has not been told. */
  tell(text: string): void {
    this.#newest = text;
  }

  #beatLater(): void {
    this.#isBeating = true;
    this.#clock.after(BEAT_MS, () => {
      this.#isBeating = false;
      if (this.#readers.size === 0) return;
      this.#beats += 1;
      for (const entry of this.#readers) this.#tell(entry);
      if (this.#beats % LOOK_AFTER === 0) void this.#look();
      this.#beatLater();
    });
  }

  #tell(entry: Told): void {
    const { response } = entry.reader;
    if (entry.told === this.#newest || !isReading(response)) return;
    entry.told = this.#newest;
    response.write(`data: ${this.#newest}\n\n`);
  }

  async #look(): Promise<void> {
    for (const { reader } of this.#readers) {
      // Where nobody can say whether he is, he is not: he may come again.
      const isWelcome = await reader.guest.isWelcome().catch(() => false);
      if (!isWelcome) reader.response.end();
      else if (isReading(reader.response)) reader.response.write(': here\n\n');
    }
  }

  #count(address: string, change: 1 | -1): void {
    const count = (this.#ofAddress.get(address) ?? 0) + change;
    if (count > 0) this.#ofAddress.set(address, count);
    else this.#ofAddress.delete(address);
  }
}

/** Takes what is written: is there, and has read what came before. */
function isReading({ destroyed, writableEnded, writableNeedDrain }: LiveReader['response']): boolean {
  return !destroyed && !writableEnded && !writableNeedDrain;
}
