import type { StatusMessage } from '../contract/generated/types.js';
import { listMessages } from '../api/messages.js';
import { rulesFor, type StatusRule } from '../criteria/statusRules.js';
import { reasonOf } from '../errors/SyncError.js';
import type { Ticker } from '../platform/cronTicker.js';
import type { SystemEvent } from '../platform/systemLog.js';
import { mayAct } from '../store/SharedStore.js';
import type { SiteContext } from '../state/SiteContext.js';
import { readState, STATE, stateChange } from '../state/siteState.js';
import { readStatusRules } from '../state/statusRuleStore.js';

/** What rules can have done. */
export interface RuleActions {
  readonly report: (event: SystemEvent) => Promise<void>;
  /** Runs a program to its end, with a text on its standard input. */
  readonly run: (program: string, input: string) => Promise<void>;
}

/** What the watch looks with. */
interface StatusRuleWatchOptions {
  readonly context: SiteContext;
  readonly ticker: Ticker;
  readonly actions: RuleActions;
  readonly onBusy: () => void;
  readonly onIdle: () => void;
}

/** So many messages are read at once. */
const PAGE = 100;

/**
 * Does what the rules say of each new status message, in order. What was under way when the engine was killed is done
 * again: each message at least once.
 */
export class StatusRuleWatch {
  readonly #options: StatusRuleWatchOptions;
  readonly #end: () => void;
  #under: Promise<void> | undefined;
  #isAsked = false;
  #isOver = false;

  constructor(options: StatusRuleWatchOptions) {
    this.#options = options;
    this.#end = options.ticker(async () => this.look());
  }

  /** Fulfilled once all messages that are there now have been seen. */
  async look(): Promise<void> {
    this.#isAsked = true;
    this.#under ??= this.#lookAgain().finally(() => (this.#under = undefined));
    await this.#under;
  }

  /** What is under way is waited for: programs end with the engine. */
  async stop(): Promise<void> {
    this.#isOver = true;
    this.#end();
    await this.#under;
  }

  async #lookAgain(): Promise<void> {
    const { context, onBusy, onIdle } = this.#options;
    while (this.#isAsked && !this.#isOver && mayAct(context)) {
      this.#isAsked = false;
      const rules = await readStatusRules(context.database).catch(() => []);
      if (!rules.some(({ isEnabled }) => isEnabled)) continue;
      onBusy();
      await this.#see(rules)
        .catch((error: unknown) => context.log.write(`The status filter rules were not done: ${reasonOf(error)}`))
        .finally(onIdle);
    }
  }

  async #see(first: readonly StatusRule[]): Promise<void> {
    const { context } = this.#options;
    let rules = first;
    let after = (await readState(context.database, STATE.ruledUpTo)) ?? 0;
    for (let isMore = true; isMore && !this.#isOver;) {
      const { messages, next } = await listMessages(context, { after, pageSize: PAGE });
      for (const message of messages) {
        const done = await this.#done(message, rules);
        if (done === 'Ended') return;
        after = message.RecordID;
        // A program that ran is not run again because the engine is killed in one that comes later.
        if (done === 'Acted' || message === messages.at(-1)) await this.#keep(after);
        // Whoever has disabled a rule meanwhile does not wait until its program has seen everything.
        if (done === 'Acted') rules = await readStatusRules(context.database);
      }
      isMore = next !== null;
    }
  }

  async #keep(ruledUpTo: number): Promise<void> {
    await this.#options.context.database.commit({ settings: stateChange({ ruledUpTo }) });
  }

  /** `Ended` where the engine ends first: the next one does it. */
  async #done(message: StatusMessage, rules: readonly StatusRule[]): Promise<'Acted' | 'Nothing' | 'Ended'> {
    const met = rulesFor(rules, message);
    for (const rule of met) {
      if (this.#isOver || !mayAct(this.#options.context)) return 'Ended';
      const { report, run } = this.#options.actions;
      if (rule.reportToEventLog === true) await report(eventOf(message));
      const { runProgram, programPath = '' } = rule;
      if (runProgram === true && programPath !== '') await run(programPath, `${JSON.stringify(message)}\n`);
    }
    return met.length === 0 ? 'Nothing' : 'Acted';
  }
}

function eventOf({ MessageID, SeverityName, MessageText, SiteCode, MachineName }: StatusMessage): SystemEvent {
  return { id: MessageID, level: SeverityName, text: `${MessageText} (site ${SiteCode}, ${MachineName})` };
}
