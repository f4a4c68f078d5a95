import { once } from 'node:events';
import { joinParent } from '../../../server/link/joinParent.js';
import { decodeJoinToken } from '../../../server/link/JoinToken.js';
import type { ParentRecord } from '../../../server/link/ParentRecord.js';
import { ChildLinkClient } from '../../../server/link/ChildLinkClient.js';
import { systemClock } from '../../../server/platform/Clock.js';
import { packageVersion } from '../../../server/platform/packageFolder.js';

const NODE = { siteCode: 'PS1', serverName: 'ps1.test' };
const deps = { version: packageVersion(), clock: systemClock, log: () => undefined };

/** A child site that has joined and was connected once. */
export class KnownChild {
  readonly #record: ParentRecord;

  private constructor(record: ParentRecord) {
    this.#record = record;
  }

  static async join(token: string): Promise<KnownChild> {
    const { record } = await joinParent(decodeJoinToken(token), { ...NODE, siteName: 'PS1' }, deps);
    const child = new KnownChild(record);
    await child.connects();
    return child;
  }

  /** Connects, as often as it takes, and ends the connection; gives the time until it was there. */
  async connects(): Promise<number> {
    const start = performance.now();
    const link = new ChildLinkClient({
      ...deps,
      node: NODE,
      record: this.#record,
      keepRecord: async () => Promise.resolve(),
      random: () => 0,
    });
    const connected = new EventTarget();
    const there = once(connected, 'there');
    link.onConnection((isConnected) => isConnected && connected.dispatchEvent(new Event('there')));
    link.start();
    await there;
    const ms = performance.now() - start;
    await link.close();
    return ms;
  }
}
