import { setImmediate as turn } from 'node:timers/promises';
import { type DataCallback, type Disposable, StreamMessageReader } from 'vscode-jsonrpc/node';

/** Turns in which nothing comes any more: a message takes two of them from the stream to who waits for it. */
const QUIET_TURNS = 8;

/** Reads messages, and knows when the last that came has reached who waits for it. */
export class AnswerReader extends StreamMessageReader {
  #came = 0;

  override listen(callback: DataCallback): Disposable {
    return super.listen((message) => {
      this.#came += 1;
      callback(message);
    });
  }

  /** Fulfilled once nothing more comes of a stream that has ended: its end may be noticed with its messages. */
  async untilQuiet(): Promise<void> {
    for (let quiet = 0, came = this.#came; quiet < QUIET_TURNS; came = this.#came) {
      await turn();
      quiet = came === this.#came ? quiet + 1 : 0;
    }
  }
}
