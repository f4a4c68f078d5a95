const FREE = -1;
const SMALLEST = 16;
/** Spreads keys that follow each other over the table. */
const SPREAD = 0x9e3779b1;

/**
 * Whole numbers from 0 to 2^31 - 1 by whole numbers of that range, in one typed array: a Map takes twice the memory,
 * and leaves as much again behind while it grows.
 */
export class IntTable {
  /** Keys and values in turns; -1 where there is none. */
  #slots: Int32Array;
  #size = 0;

  /** `room`: for so many keys it need not grow. */
  constructor(room = 0) {
    this.#slots = emptySlots(2 ** Math.ceil(Math.log2(Math.max(SMALLEST, 2 * room))));
  }

  /** The value of a key, -1 where it has none. */
  get(key: number): number {
    return this.#slots[this.#place(key) + 1] as number;
  }

  set(key: number, value: number): void {
    const place = this.#place(key);
    if (this.#slots[place] === FREE) {
      this.#slots[place] = key;
      this.#size += 1;
    }
    this.#slots[place + 1] = value;
    if (this.#size * 4 > this.#slots.length) this.#grow();
  }

  /** Where a key stands, or may stand: slots are twice as many as keys at least, so one is free. */
  #place(key: number): number {
    const mask = this.#slots.length - 1;
    let place = (Math.imul(key, SPREAD) << 1) & mask;
    while (this.#slots[place] !== FREE && this.#slots[place] !== key) place = (place + 2) & mask;
    return place;
  }

  #grow(): void {
    const before = this.#slots;
    this.#slots = emptySlots(before.length);
    for (let at = 0; at < before.length; at += 2) {
      const key = before[at] as number;
      if (key === FREE) continue;
      const place = this.#place(key);
      this.#slots[place] = key;
      this.#slots[place + 1] = before[at + 1] as number;
    }
  }
}

/** Room for so many keys. */
function emptySlots(keys: number): Int32Array {
  return new Int32Array(2 * keys).fill(FREE);
}
