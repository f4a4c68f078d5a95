import { reasonOf } from '../errors/SyncError.js';
import type { Clock } from '../platform/Clock.js';
import { Mutex } from '../platform/Mutex.js';
import { describeServer } from '../store/SharedStore.js';
import type { SiteContext } from '../state/SiteContext.js';
import type { Standing } from '../store/SiteRole.js';

/** What an engine does when it becomes the owner of the site, and when it is the owner no more. */
interface OwnerWatchOptions {
  readonly context: Pick<SiteContext, 'shared' | 'log' | 'site'>;
  readonly clock: Clock;
  /** Takes a line for engine.log. */
  readonly log: (line: string) => void;
  /** Takes up the work of the site where the owner before has left it. */
  readonly takeUp: () => Promise<void>;
  /** Ends the work of the site; another server goes on with it. */
  readonly lay: () => Promise<void>;
}

/** What could not be taken up is tried again after so long, in ms. */
const AGAIN = 5000;

/** Follows who owns the site, one change after the other. */
export class OwnerWatch {
  readonly #options: OwnerWatchOptions;
  readonly #turns = new Mutex();
  readonly #unwatch: () => void;
  #begin: () => void = () => undefined;
  #isOwner: boolean;
  #isTakenUp: boolean;
  #isOver = false;
  #cancelAgain: () => void = () => undefined;

  constructor(options: OwnerWatchOptions) {
    this.#options = options;
    const { shared } = options.context;
    this.#isOwner = shared?.role.standing.role !== 'Follower';
    // The engine does it itself before it is open.
    this.#isTakenUp = this.#isOwner;
    if (shared !== undefined) this.#say(shared.role.standing);
    const begun = new Promise<void>((resolve) => (this.#begin = resolve));
    void this.#turns.take(async () => begun);
    this.#unwatch = shared?.role.onChange(async (now) => this.#change(now)) ?? ((): undefined => undefined);
  }

  /** Whether the work of the site is this engine's, as far as changes were followed. */
  get isOwner(): boolean {
    return this.#isOwner;
  }

  /** The engine is open: from here on changes are followed, also one that came meanwhile. */
  begin(): void {
    this.#begin();
  }

  /** No change is followed any more; one that is under way is waited for. */
  async stop(): Promise<void> {
    this.#isOver = true;
    this.#begin();
    this.#unwatch();
    this.#cancelAgain();
    await this.#turns.take(async () => Promise.resolve());
  }

  async #change(now: Standing): Promise<void> {
    this.#say(now);
    await this.#inTurn();
  }

  async #inTurn(): Promise<void> {
    this.#cancelAgain();
    await this.#turns
      .take(async () => this.#follow())
      .catch((error: unknown) => {
        this.#options.context.log.write(`The change of the server could not be followed: ${reasonOf(error)}.`);
        if (!this.#isOver) this.#cancelAgain = this.#options.clock.after(AGAIN, () => void this.#inTurn());
      });
  }

  async #follow(): Promise<void> {
    const { context, takeUp, lay } = this.#options;
    // It may have changed back meanwhile.
    const isOwner = context.shared?.role.standing.role === 'Owner';
    if (this.#isOver || (isOwner ? this.#isTakenUp : !this.#isOwner)) return;
    this.#isTakenUp = false;
    if (isOwner) {
      this.#isOwner = true;
      await takeUp();
      this.#isTakenUp = true;
    } else {
      await lay();
      this.#isOwner = false;
    }
  }

  /** Once for each change, in both logs: whoever looks for the synchronization reads where it is. */
  #say(now: Standing): void {
    const { context, log } = this.#options;
    const line = sentence(now, { site: context.site.siteCode, wasOwner: this.#isOwner });
    context.log.write(line);
    log(line);
  }
}

/** How to go on, which the text of the error does not say. */
const INSTALL_NEWER =
  'This server answers and serves nothing until the newer version of ConfigMgrSync is installed here and its engine ' +
  'is started.';

function sentence(
  { role, owner, epoch, newer }: Standing,
  { site, wasOwner }: { site: string; wasOwner: boolean },
): string {
  if (newer !== undefined) return `WARNING: ${newer.message} ${INSTALL_NEWER}`;
  if (role === 'Owner') return `This server now synchronizes the site ${site} (epoch ${epoch}).`;
  const lost = wasOwner ? 'This server has lost the site, because it did not renew its lease in time. ' : '';
  if (owner === undefined) return `${lost}No server synchronizes the site ${site} at this moment.`;
  const who = describeServer(owner);
  return `${lost}The server ${who} synchronizes the site ${site} (epoch ${epoch}); this one follows it.`;
}
