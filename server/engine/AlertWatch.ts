import type { AlertLook } from '../api/AlertLook.js';
import type { HealthSurroundings } from '../api/health.js';
import { reasonOf } from '../errors/SyncError.js';
import type { Ticker } from '../platform/cronTicker.js';
import { alertPart } from '../state/alertStore.js';
import { mayAct } from '../store/SharedStore.js';
import type { SiteContext } from '../state/SiteContext.js';

/** What the watch looks with. */
interface AlertWatchOptions {
  readonly context: SiteContext;
  readonly ticker: Ticker;
  readonly freeBytes: () => number | undefined;
  readonly surroundings: () => HealthSurroundings;
  /** Called when alerts have changed: the parent shows them too. */
  readonly onChange: () => void;
}

/** Looks every minute, after each run and after each change of alerts whether one is to be raised, or is over. */
export class AlertWatch {
  readonly #options: AlertWatchOptions;
  readonly #end: () => void;
  #under: Promise<void> | undefined;
  #isAsked = false;
  #isOver = false;
  #look: AlertLook | undefined;

  constructor(options: AlertWatchOptions) {
    this.#options = options;
    this.#end = options.ticker(async () => this.look());
  }

  /** Fulfilled once all that is known now has been looked at. */
  async look(): Promise<void> {
    this.#isAsked = true;
    this.#under ??= this.#lookAgain().finally(() => (this.#under = undefined));
    await this.#under;
  }

  /** One under way is waited for; there is no other. */
  async stop(): Promise<void> {
    this.#isOver = true;
    this.#end();
    await this.#under;
  }

  async #lookAgain(): Promise<void> {
    while (this.#isAsked && !this.#isOver && mayAct(this.#options.context)) {
      this.#isAsked = false;
      try {
        await this.#decide();
      } catch (error) {
        this.#options.context.log.write(`The alerts could not be looked at: ${reasonOf(error)}`);
      }
    }
  }

  async #decide(): Promise<void> {
    const { context, freeBytes, surroundings, onChange } = this.#options;
    this.#look ??= new (await import('../api/AlertLook.js')).AlertLook(context, freeBytes);
    const look = this.#look;
    const facts = await look.facts(surroundings());
    await context.settingsMutex.take(async () => {
      const change = await look.change(facts);
      if (this.#isOver || Object.keys(change.settings).length === 0) return;
      await context.database.commit(await alertPart(context.database, change));
      for (const { state, name, cause } of change.events)
        context.log.write(`Alert ${state.toLowerCase()}: ${name}. ${cause}`);
      onChange();
    });
  }
}
