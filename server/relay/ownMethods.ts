import type { RelayMethod, RequestOf, ResultOf } from '../contract/methods.js';
import type { RelayBackend } from './RelayBackend.js';

/** What is asked, checked already. */
interface OwnRequest<M extends RelayMethod> {
  readonly params: RequestOf<M>;
  readonly signal: AbortSignal;
}
type OwnHandler<M extends RelayMethod> = (backend: RelayBackend, request: OwnRequest<M>) => Promise<ResultOf<M>>;

/** Who answers what of the methods that the table of the contract leaves to the relay. */
const handlers: { readonly [M in RelayMethod]: OwnHandler<M> } = {
  'site/new': async (backend, { params }) => backend.newSite(params),
  'site/attach': async (backend, { params }) => backend.attach(params),
  'site/setDatabaseAddress': async (backend, { params }) => backend.setDatabaseAddress(params),
  'site/setDatabaseKey': async (backend, { params }) => backend.setDatabaseKey(params),
  'site/databaseKey': async (backend, { params }) => backend.databaseKey(params),
  'site/list': async (backend) => backend.listSites(),
  'site/connect': async (backend, { params }) => backend.connect(params),
  'site/backup': async (backend, { params, signal }) => backend.backup(params, signal),
  'site/restore': async (backend, { params, signal }) => backend.restore(params, signal),
  'site/move': async (backend, { params, signal }) => backend.move(params, signal),
  'site/removeOldDatabase': async (backend, { params }) => backend.removeOldDatabase(params),
  'site/repairAccess': async (backend, { params }) => backend.repairAccess(params),
  'schedule/decode': async (_backend, { params }) => (await schedules()).decodeStrings(params),
  'schedule/encode': async (_backend, { params }) => (await schedules()).encodeTokens(params),
  'service/describe': async (backend, { params }) => (await backend.service()).describe(params),
  'service/install': async (backend, { params }) => (await backend.service()).install(params),
  'service/control': async (backend, { params }) => (await backend.service()).control(params.action),
};

/** Answers a method of the relay's own. */
export async function answerOwn<M extends RelayMethod>(
  method: M,
  backend: RelayBackend,
  request: OwnRequest<M>,
): Promise<ResultOf<M>> {
  const handler: OwnHandler<M> = handlers[method];
  return handler(backend, request);
}

/** Loaded late: few sessions ask for schedules. */
async function schedules(): Promise<typeof import('../schedule/answerSchedule.js')> {
  return import('../schedule/answerSchedule.js');
}
