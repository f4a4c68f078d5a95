import type { SiteContext } from '../state/SiteContext.js';
import type { KeepAnswer } from './Handler.js';

/** A change that somebody asks for. */
interface AskedChange {
  readonly method: string;
  readonly requestId: string;
  /** It only says what it would do: there is nothing to store. */
  readonly isTrial: boolean;
}

type Work = (keep: KeepAnswer) => Promise<unknown>;

/** A change that was answered before gets its stored answer, one that is in work its answer to come. */
export class DoneOnce {
  readonly #context: Pick<SiteContext, 'database' | 'now'>;
  readonly #inWork = new Map<string, Promise<unknown>>();

  constructor(context: Pick<SiteContext, 'database' | 'now'>) {
    this.#context = context;
  }

  async answer(asked: AskedChange, work: Work): Promise<unknown> {
    const { requestId } = asked;
    const stored = await this.#context.database.requestResult(requestId);
    if (stored !== undefined) return JSON.parse(stored) as unknown;
    const answer =
      this.#inWork.get(requestId) ?? this.#perform(asked, work).finally(() => this.#inWork.delete(requestId));
    this.#inWork.set(requestId, answer);
    return answer;
  }

  async #perform({ method, requestId, isTrial }: AskedChange, work: Work): Promise<unknown> {
    const { database, now } = this.#context;
    let isKept = isTrial;
    const keep: KeepAnswer = (answer) => {
      isKept = true;
      return { request: { requestId, method, result: JSON.stringify(answer), time: now().getTime() } };
    };
    const answer = await work(keep);
    if (!isKept) await database.commit(keep(answer));
    return answer;
  }
}
