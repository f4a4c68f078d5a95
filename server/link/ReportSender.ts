import type { LinkReport } from '../contract/generated/types.js';
import type { Clock } from '../platform/Clock.js';
import type { LinkChannel } from './LinkChannel.js';
import { reportFor } from './reportForm.js';
import { LINK_LIMITS, LINK_METHODS } from './linkContract.js';

/** What is sent on. */
type Channel = Pick<LinkChannel, 'notify'>;

/** Of the bytes that a parent takes from a node: so much is left for everything else, and for its processor. */
const SHARE = 0.25;

/**
 * Ms until the next report after one of so many characters: that of a site with a thousand others below it is a
 * megabyte.
 */
export function pauseAfter(characters: number): number {
  const perSecond = LINK_LIMITS.bytes.perSecond * SHARE;
  return Math.max(LINK_LIMITS.reportMs, Math.ceil((characters / perSecond) * 1000));
}

/** Sends the newest report on each connection and after each change, no more often than a parent takes. */
export class ReportSender {
  readonly #clock: Clock;
  #report: LinkReport | undefined;
  #channel: Channel | undefined;
  #version = 1;
  #isWaiting = false;
  #hasNews = false;
  #ready: (() => void)[] = [];

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** A newer report replaces one that was not sent. Fulfilled once another would be sent at once. */
  async report(report: LinkReport): Promise<void> {
    this.#report = report;
    this.#hasNews = true;
    this.#sendSoon();
    if (this.#channel !== undefined && this.#isWaiting) await new Promise<void>((resolve) => this.#ready.push(resolve));
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
    this.#isReady();
  }

  #isReady(): void {
    for (const ready of this.#ready.splice(0)) ready();
  }

  #sendSoon(): void {
    const channel = this.#channel;
    if (channel === undefined || this.#isWaiting || !this.#hasNews || this.#report === undefined) return;
    this.#isWaiting = true;
    this.#hasNews = false;
    const report = reportFor(this.#version, this.#report);
    const wait = (): void => {
      this.#clock.after(pauseAfter(JSON.stringify(report).length), () => {
        if (this.#channel !== channel) return;
        this.#isWaiting = false;
        this.#sendSoon();
        this.#isReady();
      });
    };
    // A parent that does not read gets nothing further; a connection that broke says so itself.
    void channel.notify(LINK_METHODS.report, report).then(wait, () => undefined);
  }
}
