import type { EngineMethod, METHODS, RequestOf, ResultOf } from '../contract/methods.js';
import type { RequestContext } from '../rpc/requests.js';
import type { SiteChanges } from '../store/SiteChanges.js';
import type { ServiceParts } from './ServiceParts.js';
import type { BackupHolds } from './backup.js';

/** What handlers work with. */
export interface HandlerParts extends ServiceParts {
  readonly backups: BackupHolds;
}

/** What a transaction takes, so that the answer is stored with the change that it tells of. */
export type KeepAnswer = (answer: unknown) => Pick<SiteChanges, 'request'>;

/** What a handler knows of who asks. */
export interface Asked extends RequestContext {
  /** For those that commit; the answer of any other is stored after it where the table says so. */
  readonly keep: KeepAnswer;
}

/** Answers a method. */
type Handler<M extends EngineMethod> = (
  parts: HandlerParts,
  params: RequestOf<M>,
  asked: Asked,
) => Promise<ResultOf<M>>;

/** A change of which less than the answer is kept: the answer is put together again, as things are then. */
interface ShownChange<M extends EngineMethod, Kept> {
  readonly change: (parts: HandlerParts, params: RequestOf<M>, asked: Asked) => Promise<Kept>;
  readonly show: (parts: HandlerParts, kept: Kept) => Promise<ResultOf<M>>;
}

/** Both steps, of which the second one takes what the first one gives. */
export function shown<M extends EngineMethod, Kept>(steps: ShownChange<M, Kept>): ShownChange<M, unknown> {
  return steps as ShownChange<M, unknown>;
}

/** A handler, or its code to load where the table says that it is loaded late. */
export type Entry<M extends EngineMethod> = (typeof METHODS)[M] extends { readonly isLoadedLate: true }
  ? { load(): Promise<Handler<M>> }
  : Handler<M> | ShownChange<M, unknown>;
