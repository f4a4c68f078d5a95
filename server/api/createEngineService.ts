import type { MethodDescription } from '../contract/MethodDescription.js';
import { type EngineMethod, engineMethods, METHODS } from '../contract/methods.js';
import type { EngineService, RequestContext } from '../rpc/requests.js';
import type { Asked, HandlerParts, KeepAnswer } from './Handler.js';
import type { ServiceParts } from './ServiceParts.js';
import { BackupHolds } from './backup.js';
import { DoneOnce } from './doneOnce.js';
import { handlers } from './handlers.js';

/** The parameters of any request: a change has an id, some can only be tried. */
interface AnyParams {
  readonly requestId?: string;
  readonly whatIf?: boolean;
}
type AnyHandler = (parts: HandlerParts, params: object, asked: Asked) => Promise<unknown>;
/** Of those in two steps only the first one is the change. */
type AnyEntry =
  | AnyHandler
  | { load(): Promise<AnyHandler> }
  | { change: AnyHandler; show(parts: HandlerParts, kept: unknown): Promise<unknown> };

/** Makes the service of one open site: its handlers, each as the table of methods has it. */
export function createEngineService(given: ServiceParts): EngineService {
  const parts = { ...given, backups: new BackupHolds(given.context) };
  const once = new DoneOnce(given.context);
  const answer = (method: EngineMethod) => async (params: AnyParams, request: RequestContext) => {
    const described: MethodDescription = METHODS[method];
    if (parts.carrier?.isNeeded(method) === true) return parts.carrier.carry(method, params, request);
    try {
      const result = await answerBy(handlers[method] as AnyEntry, parts, async (change) => {
        const work = async (keep: KeepAnswer): Promise<unknown> =>
          (await change())(parts, params, { ...request, keep });
        if (!described.isDoneOnce) return work(() => ({}));
        const { requestId = '', whatIf: isTrial = false } = params;
        return once.answer({ method, requestId, isTrial }, work);
      });
      if (described.flowsDown === true) parts.hierarchy?.settingsChanged();
      return result;
    } finally {
      if (described.renames === true) parts.onNamesChange?.();
      if (described.isReported === true) parts.hierarchy?.changed();
      if (described.changesState) parts.onChange?.();
    }
  };
  return Object.fromEntries(engineMethods.map((method) => [method, answer(method)])) as unknown as EngineService;
}

/** Takes the step that changes something, then shows what came of it. */
async function answerBy(
  entry: AnyEntry,
  parts: HandlerParts,
  take: (change: () => Promise<AnyHandler>) => Promise<unknown>,
): Promise<unknown> {
  if ('load' in entry) return take(async () => entry.load());
  if ('change' in entry) return entry.show(parts, await take(async () => Promise.resolve(entry.change)));
  return take(async () => Promise.resolve(entry));
}
