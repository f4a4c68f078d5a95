/**
 * A real process with the real lock and host over a fake service: `node fakeEngine.js --site-path DIR`. Prints `owner
 * N` or `lost`.
 */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { systemClock } from '../../server/platform/Clock.js';
import { packageVersion } from '../../server/platform/packageFolder.js';
import { EngineLock } from '../../server/rpc/EngineLock.js';
import { acquireEngineLock } from '../../server/rpc/acquireEngineLock.js';
import { createEngineHost, type EngineHost } from '../../server/engine/createEngineHost.js';
import { writeEngineRecord } from '../../server/rpc/enginePlace.js';
import { openSite } from '../../server/site/openSite.js';
import { fakeService } from './fakeService.js';

const site = await openSite(process.argv[process.argv.indexOf('--site-path') + 1] ?? '');
const database = join(site.path, 'database');
const setting = (name: string, otherwise: string): string =>
  existsSync(join(database, name)) ? readFileSync(join(database, name), 'utf8') : otherwise;
if (existsSync(join(database, 'broken'))) {
  process.stderr.write('first line\nthe disk is upside down.\n');
  process.exit(1);
}
const generations = (): Promise<number> =>
  Promise.resolve(Math.max(0, ...readdirSync(database).map((name) => Number(/^journal\.(\d+)$/.exec(name)?.[1] ?? 0))));
const lock = await acquireEngineLock(site, generations);
if (!(lock instanceof EngineLock)) {
  process.stdout.write('lost\n');
  process.exit(0);
}
writeFileSync(join(database, `journal.${lock.generation}`), '', { flag: 'wx' });
process.stdout.write(lock.verifyHighest() ? `owner ${lock.generation}\n` : 'superseded\n');
const gate = join(database, 'slow');
// As an engine that reads a large site: it holds its lock and answers nothing.
while (existsSync(gate)) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 20);
await writeEngineRecord(site, lock.record);
let host: EngineHost | undefined;
if (!existsSync(join(database, 'mute'))) {
  host = createEngineHost({
    site,
    lock,
    clock: systemClock,
    version: setting('version', packageVersion()),
    ...(existsSync(join(database, 'contract'))
      ? { contract: { minimum: 1, maximum: Number(setting('contract', '1')) } }
      : {}),
    idleSeconds: Number(setting('idle', '60')),
    ...(existsSync(join(database, 'stays')) ? { yieldsTo: () => false } : {}),
    takesUnsealed: !existsSync(join(database, 'sealed')),
    service: fakeService(database, {
      stop: () => void host?.stop('asked'),
      yieldTo: (successor) => host?.yieldTo(successor),
    }),
    log: (line) => void process.stderr.write(`${line}\n`),
  });
  process.stderr.write(`${await host.ended}\n`);
  await lock.release();
  process.exit(0);
}
