// An engine's store in a thread that stops before every file call until it has leave: SteppedEngine.ts drives it.
import { parentPort, workerData } from 'node:worker_threads';
import type { MessagePort } from 'node:worker_threads';
import { SyncError } from '../../server/errors/SyncError.js';
import type { SiteDatabase } from '../../server/store/SiteDatabase.js';
import { storePlaceOf } from '../../server/store/StorePlace.js';
import { openSiteDatabase } from '../../server/store/embedded/openSiteDatabase.js';
import type { SteppedAnswer, SteppedTask } from './SteppedEngine.js';
import { STATE, STEP, steppedFiles } from './steppedFiles.js';

const { memory, site, port } = workerData as {
  memory: Int32Array;
  site: { path: string; siteGuid: string };
  port: MessagePort;
};
const files = steppedFiles(memory);
let database: SiteDatabase | undefined;

async function work(task: SteppedTask): Promise<SteppedAnswer> {
  if (task.do === 'open') {
    database = await openSiteDatabase({ place: storePlaceOf(site), files, generation: task.generation });
    return { seen: await seenOf(database, task.looksFor) };
  }
  if (task.do === 'close' && database === undefined) return { seen: [] };
  if (database === undefined) throw new TypeError('it is not open');
  if (task.do === 'commit') await database.commit({ settings: { [task.name]: 'x'.repeat(300) } });
  if (task.do === 'fold') await database.fold({ isDue: true });
  if (task.do === 'close') {
    await database.close();
    database = undefined;
  }
  return { seen: [] };
}

async function seenOf(opened: SiteDatabase, names: readonly string[]): Promise<string[]> {
  const seen: string[] = [];
  for (const name of names) if ((await opened.setting(name)) !== undefined) seen.push(name);
  return seen;
}

parentPort?.on('message', (task: SteppedTask) => {
  void work(task)
    .catch((error: unknown) => ({ seen: [], error: error instanceof SyncError ? error.errorId : String(error) }))
    .then((answer) => {
      port.postMessage(answer);
      Atomics.store(memory, STEP.state, STATE.done);
      Atomics.notify(memory, STEP.state);
    });
});
