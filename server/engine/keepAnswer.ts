import type { EngineMethod, ResultOf } from '../contract/methods.js';
import type { SiteContext } from '../state/SiteContext.js';

/** The answer of a change, for the case that it is sent again; gives the answer. */
export async function keepAnswer<M extends EngineMethod>(
  { database, now }: Pick<SiteContext, 'database' | 'now'>,
  answer: { readonly method: M; readonly requestId: string; readonly result: ResultOf<M> },
): Promise<ResultOf<M>> {
  const { method, requestId, result } = answer;
  await database.commit({
    request: { requestId, method, result: JSON.stringify(result), time: now().getTime() },
  });
  return result;
}
