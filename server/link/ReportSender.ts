import type { LinkReport } from '../contract/generated/types.js';
import type { Clock } from '../platform/Clock.js';
import type { LinkChannel } from './LinkChannel.js';
import { reportFor } from './reportForm.js';
import { LINK_LIMITS, LINK_METHODS } from './linkContract.js';

/** What is sent on. */
type Channel = Pick<LinkChannel, 'notify'>;

/** Sends the newest report on each connection and after each change, no more often than a parent takes. */
export class ReportSender {
  readonly #clock: Clock;
  #report: LinkReport | undefined;
  #channel: Channel | undefined;
  #version = 1;
  #isWaiting = false;
  #hasNews = false;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** A newer report replaces one that was not sent. */
  report(report: LinkReport): void {
    this.#report = report;
    this.#hasNews = true;
    this.#sendSoon();
  }

  /** A connection is there, of a version of the link: what is known is sent, whatever the one before was told. */
  begin(channel: Channel, version: number): void {
    this.#channel = channel;
    this.#version = version;
    this.#isWaiting = false;
    this.#hasNews = this.#report !== undefined;
    this.#sendSoon();
  }

  /** The connection is over. */
  end(): void {
    this.#channel = undefined;
  }

  #sendSoon(): void {
    const channel = this.#channel;
    if (channel === undefined || this.#isWaiting || !this.#hasNews || this.#report === undefined) return;
    this.#isWaiting = true;
    this.#hasNews = false;
    const wait = (): void => {
      this.#clock.after(LINK_LIMITS.reportMs, () => {
        if (this.#channel !== channel) return;
        this.#isWaiting = false;
        this.#sendSoon();
      });
    };
    // A parent that does not read gets nothing further; a connection that broke says so itself.
    void channel.notify(LINK_METHODS.report, reportFor(this.#version, this.#report)).then(wait, () => undefined);
  }
}
