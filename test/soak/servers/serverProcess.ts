import { randomUUID } from 'node:crypto';
import { createInterface } from 'node:readline';
import { SyncError } from '../../../server/errors/SyncError.js';
import { systemClock } from '../../../server/platform/Clock.js';
import { openPostgresStore } from '../../../server/store/postgres/openPostgresStore.js';
import { guidOf } from '../../fixtures/updateDocuments.js';

/**
 * A server that writes as long as it owns the site, and says so: `own`, `follow`, `ack NUMBER`. A line on its input
 * sets its clock by so many milliseconds.
 */
const [address = '', id = '', length = '1000', beat = '200'] = process.argv.slice(2);
let jump = 0;
createInterface(process.stdin).on('line', (line) => (jump += Number(line)));
const say = (line: string): void => void process.stdout.write(`${line}\n`);
const engine = randomUUID();
const { database, documents, shared } = await openPostgresStore({
  address,
  siteCode: 'PS1',
  siteGuid: guidOf(1),
  clock: { ...systemClock, now: () => new Date(Date.now() + jump) },
  random: Math.random,
  timing: { length: Number(length), beat: Number(beat) },
  self: { id, engine, host: id, processId: process.pid, version: '1.0.0' },
  log: () => undefined,
});
say(`engine ${engine}`);
const { role } = shared;
const tell = (): void => say(role.standing.role === 'Owner' ? 'own' : 'follow');
let writing = Promise.resolve();
// As an engine does: the site is not taken again before what was counted under the last lease is laid down.
role.onChange(async (now) => {
  tell();
  if (now.role !== 'Owner') await writing;
});
tell();

/** Until somebody else writes: what a server has counted is true as long as it is the owner. */
async function write(): Promise<void> {
  let number = Number((await database.setting('counter')) ?? 0);
  for (;;) {
    number += 1;
    if (number % 10 === 0) await documents.append('updates', [Buffer.from(`document ${number}`)]);
    await database.commit({ settings: { counter: number, writer: engine } });
    say(`ack ${number}`);
  }
}

async function owning(): Promise<void> {
  if (role.standing.role === 'Owner') return;
  await new Promise<void>((resolve) => {
    const end = role.onChange((now) => {
      if (now.role !== 'Owner') return;
      end();
      resolve();
    });
  });
}

for (;;) {
  await owning();
  writing = write().catch((error: unknown) => {
    if (!(error instanceof SyncError) || error.errorId !== 'ServerNotOwner') say(`failed ${String(error)}`);
  });
  await writing;
}
