/**
 * A handshake is short: what has no end within so much is passed on, for the reader of messages to say what is wrong.
 */
const LONGEST = 65_536;

/** Tells the first messages of a stream from what follows them, wherever the stream is cut. */
export class PlainFrames {
  #messages: number;
  #waiting: Buffer = Buffer.alloc(0);
  #isBroken = false;

  /** `messages`: so many come first. */
  constructor(messages: number) {
    this.#messages = messages;
  }

  /** Whole messages that came first, and what lies behind the last of them. */
  take(chunk: Buffer): { readonly plain: Buffer; readonly rest: Buffer } {
    if (this.#isBroken) return { plain: chunk, rest: Buffer.alloc(0) };
    if (this.#messages === 0) return { plain: Buffer.alloc(0), rest: chunk };
    const all = this.#waiting.length === 0 ? chunk : Buffer.concat([this.#waiting, chunk]);
    let from = 0;
    while (this.#messages > 0) {
      const end = endOfMessage(all, from);
      if (end === undefined) {
        this.#waiting = Buffer.from(all.subarray(from));
        this.#isBroken = isNoMessage(this.#waiting);
        const plain = all.subarray(0, this.#isBroken ? all.length : from);
        return { plain, rest: Buffer.alloc(0) };
      }
      from = end;
      this.#messages -= 1;
    }
    this.#waiting = Buffer.alloc(0);
    return { plain: all.subarray(0, from), rest: all.subarray(from) };
  }
}

function endOfMessage(bytes: Buffer, from: number): number | undefined {
  const head = bytes.indexOf('\r\n\r\n', from);
  if (head === -1) return undefined;
  const length = /content-length: *(\d+)/i.exec(bytes.toString('latin1', from, head))?.[1];
  const end = head + 4 + Number(length);
  return length !== undefined && end <= bytes.length ? end : undefined;
}

/** True for what cannot become a message any more. */
function isNoMessage(bytes: Buffer): boolean {
  if (bytes.length > LONGEST) return true;
  const head = bytes.indexOf('\r\n\r\n');
  const start = bytes.toString('latin1', 0, Math.min(bytes.length, 8)).toLowerCase();
  return (
    !'content-'.startsWith(start.slice(0, 8)) ||
    (head !== -1 && !/content-length/i.test(bytes.toString('latin1', 0, head)))
  );
}
