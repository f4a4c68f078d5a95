import type { LinkReport, LinkState } from '../../contract/generated/types.js';
import { reasonOf, SyncError } from '../../errors/SyncError.js';
import { Mutex } from '../../platform/Mutex.js';
import { inTurns } from '../../platform/inTurns.js';
import type { SiteContext } from '../../state/SiteContext.js';
import { alertPart, alertSwitchChange } from '../../state/alertStore.js';
import { dueNow } from '../../state/dueNow.js';
import { handledChange, readHandled, targetChange } from '../../state/hierarchyState.js';
import { readSettings, settingsChange } from '../../state/settingsStore.js';
import { changedCategories, subscribedCategories } from '../../state/subscribedCategories.js';
import { stateChange, storeState } from '../../state/siteState.js';
import type { SyncRunner } from '../../sync/SyncRunner.js';
import type { ChildLink } from '../LinkedNode.js';
import { keepInheritedPassword, knowsNotification } from './inheritedNotification.js';
import { linkChange } from './linkChange.js';
import type { LinkRequest } from '../../state/siteState.js';

/**
 * Takes the parent's settings over: they, what they make of the categories, and that they are handled, in one
 * transaction. True when there were new ones.
 */
async function applySettings(
  context: SiteContext,
  state: Pick<LinkState, 'settingsVersion' | 'settings' | 'smtpPassword'>,
): Promise<boolean> {
  const { database, site } = context;
  const { settingsVersion, settings } = state;
  const { notification, ...criteria } = settings;
  return context.settingsMutex.take(async () => {
    const handled = await readHandled(database);
    const isKnown = await knowsNotification(context, state);
    // What a link of an earlier version left out may come with a version that was handled.
    if (handled.settingsVersion === settingsVersion && isKnown) return false;
    const stored = await database.categories();
    const changed = await subscribedCategories(context, {
      ...(await readSettings(database, site.serverName)),
      ...criteria,
    });
    const now = context.now().getTime();
    const switched = await alertSwitchChange(database, changed.settings.syncFailureAlert, { site, now });
    const alert = await alertPart(database, switched);
    if (!isKnown) await keepInheritedPassword(context, state);
    await database.commit({
      ...alert,
      deliverySteps: isKnown ? [] : await dueNow(context, ({ channel }) => channel === 'mail'),
      settings: {
        ...settingsChange(changed.settings),
        ...alert.settings,
        ...stateChange({ inheritedNotification: notification ?? null }),
        ...handledChange({ ...handled, settingsVersion }),
      },
      categories: await inTurns(changedCategories(stored, changed.categories)),
    });
    return true;
  });
}

/** What following a parent needs beside the site. */
interface ParentFollowerOptions {
  readonly context: SiteContext;
  readonly runner: Pick<SyncRunner, 'current' | 'start'>;
  readonly link: ChildLink;
  /** The newest report of this node and of all below it. */
  readonly report: () => Promise<LinkReport>;
  /** Called when settings of the parent were taken over. */
  readonly onSettings: () => void;
}

/**
 * Follows the state of the parent: takes its settings over and starts one synchronization for each request that was not
 * handled; reports what became of it.
 */
export class ParentFollower {
  readonly #options: ParentFollowerOptions;
  readonly #turns = new Mutex();
  readonly #takeBack: readonly (() => void)[];
  #newest: LinkState | undefined;
  #isReporting = false;
  #isStale = false;
  #isOver = false;

  constructor(options: ParentFollowerOptions) {
    this.#options = options;
    const { link } = options;
    this.#takeBack = [
      link.onState((state) => {
        this.#newest = state;
        this.look();
      }),
      link.onConnection((connected) => {
        if (connected) this.#keepLink(undefined);
      }),
      link.onLoss((reason) => this.#keepLink(reason)),
    ];
  }

  /** Looks whether the newest state asks for something: when it comes, and when a synchronization has ended. */
  look(): void {
    void this.#turns
      .take(async () => this.#handle())
      .catch((error: unknown) =>
        this.#options.context.log.write(`The request of the parent site could not be handled: ${reasonOf(error)}`),
      );
  }

  /** Reports as soon as possible; what changes meanwhile is reported once more. */
  changed(): void {
    this.#isStale = true;
    if (this.#isReporting || this.#isOver) return;
    this.#isReporting = true;
    void this.#report().finally(() => {
      this.#isReporting = false;
    });
  }

  /** Nothing of the parent is handled any more. */
  async stop(): Promise<void> {
    this.#isOver = true;
    for (const takeBack of this.#takeBack) takeBack();
    await this.#turns.take(async () => Promise.resolve());
  }

  /** What the link has come to by now is stored: an engine that has just started has tried it, at most so long. */
  async settled(milliseconds: number): Promise<void> {
    await this.#options.link.untilTried(milliseconds);
    await this.#turns.take(async () => Promise.resolve());
  }

  /** Kept in the database: status and runs tell it, also of an engine that has not dialled yet. */
  #keepLink(loss: SyncError | undefined): void {
    const { context } = this.#options;
    void this.#turns
      .take(async () => storeState(context.database, await linkChange(context, loss)))
      .catch((error: unknown) =>
        context.log.write(`The state of the link to the parent site could not be stored: ${reasonOf(error)}`),
      );
  }

  async #handle(): Promise<void> {
    const state = this.#newest;
    if (state === undefined || this.#isOver) return;
    if (await applySettings(this.#options.context, state)) {
      this.#options.context.log.write(
        `The settings of the parent site ${this.#parent} (version ${state.settingsVersion}) are now in effect.`,
      );
      this.#options.onSettings();
      this.changed();
    }
    if (state.request !== undefined) await this.#follow(state.request);
  }

  /** A parent that was restored counts from an earlier number: what matters is that it is another one. */
  async #follow(request: LinkRequest): Promise<void> {
    const { context, runner } = this.#options;
    const handled = await readHandled(context.database);
    if (request.id === handled.requestId || runner.current !== undefined) return;
    try {
      await runner.start(
        { fullSync: request.fullSync ? true : undefined, requester: 'Parent', requestedBy: this.#parent },
        () => ({ settings: { ...handledChange({ ...handled, requestId: request.id }), ...targetChange(request) } }),
      );
    } catch (error) {
      // The end of the run that is under way looks again.
      if (!(error instanceof SyncError && error.errorId === 'SyncAlreadyRunning')) throw error;
    }
  }

  get #parent(): string {
    return this.#options.context.parent?.siteCode ?? '';
  }

  async #report(): Promise<void> {
    while (this.#isStale && !this.#isOver) {
      this.#isStale = false;
      try {
        await this.#options.link.report(await this.#options.report());
      } catch (error) {
        this.#options.context.log.write(
          `The status could not be reported to the parent site ${this.#parent}: ${reasonOf(error)}`,
        );
      }
    }
  }
}
