import { reasonOf } from '../errors/SyncError.js';
import { Mutex } from '../platform/Mutex.js';
import { describeServer } from '../store/SharedStore.js';
import type { SiteContext } from '../state/SiteContext.js';
import type { Standing } from '../store/SiteRole.js';

/** What an engine does when it becomes the owner of the site, and when it is the owner no more. */
interface OwnerWatchOptions {
  readonly context: Pick<SiteContext, 'shared' | 'log' | 'site'>;
  /** Takes a line for engine.log. */
  readonly log: (line: string) => void;
  /** Takes up the work of the site where the owner before has left it. */
  readonly takeUp: () => Promise<void>;
  /** Ends the work of the site; another server goes on with it. */
  readonly lay: () => Promise<void>;
}

/** Follows who owns the site, one change after the other. */
export class OwnerWatch {
  readonly #options: OwnerWatchOptions;
  readonly #turns = new Mutex();
  readonly #unwatch: () => void;
  #begin: () => void = () => undefined;
  #isOwner: boolean;
  #isOver = false;

  constructor(options: OwnerWatchOptions) {
    this.#options = options;
    const { shared } = options.context;
    this.#isOwner = shared?.role.standing.role !== 'Follower';
    if (shared !== undefined) this.#say(shared.role.standing);
    void this.#turns.take(async () => new Promise<void>((resolve) => (this.#begin = resolve)));
    this.#unwatch = shared?.role.onChange((now) => this.#change(now)) ?? ((): undefined => undefined);
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
    await this.#turns.take(async () => Promise.resolve());
  }

  #change(now: Standing): void {
    this.#say(now);
    void this.#turns
      .take(async () => this.#follow())
      .catch((error: unknown) =>
        this.#options.context.log.write(`The change of the server could not be followed: ${reasonOf(error)}.`),
      );
  }

  async #follow(): Promise<void> {
    const { context, takeUp, lay } = this.#options;
    // It may have changed back meanwhile.
    const isOwner = context.shared?.role.standing.role === 'Owner';
    if (isOwner === this.#isOwner || this.#isOver) return;
    this.#isOwner = isOwner;
    await (isOwner ? takeUp() : lay());
  }

  /** Once for each change, in both logs: whoever looks for the synchronization reads where it is. */
  #say(now: Standing): void {
    const { context, log } = this.#options;
    const line = sentence(now, { site: context.site.siteCode, wasOwner: this.#isOwner });
    context.log.write(line);
    log(line);
  }
}

function sentence({ role, owner, epoch }: Standing, { site, wasOwner }: { site: string; wasOwner: boolean }): string {
  if (role === 'Owner') return `This server now synchronizes the site ${site} (epoch ${epoch}).`;
  const lost = wasOwner ? 'This server has lost the site, because it did not renew its lease in time. ' : '';
  if (owner === undefined) return `${lost}No server synchronizes the site ${site} at this moment.`;
  const who = describeServer(owner);
  return `${lost}The server ${who} synchronizes the site ${site} (epoch ${epoch}); this one follows it.`;
}
