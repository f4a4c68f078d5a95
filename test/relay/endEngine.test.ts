import { expect } from 'chai';
import { join } from 'node:path';
import { createEngineHost } from '../../server/engine/createEngineHost.js';
import { systemClock } from '../../server/platform/Clock.js';
import { packageVersion } from '../../server/platform/packageFolder.js';
import { endEngine } from '../../server/relay/runningEngine.js';
import { EngineLock } from '../../server/rpc/EngineLock.js';
import { acquireEngineLock } from '../../server/rpc/acquireEngineLock.js';
import { writeEngineRecord } from '../../server/rpc/enginePlace.js';
import { realServiceDeps } from '../../server/service/ServiceDeps.js';
import { caughtFrom } from '../rpc/caught.js';
import { fakeService } from '../rpc/fakeService.js';
import type { RealSite } from '../process/RealSite.js';
import { fakeEngineSite } from '../rpc/fakeEngineSite.js';

describe('service: an engine that shall end', () => {
  let made: RealSite;
  beforeEach(async () => (made = await fakeEngineSite()));
  afterEach(async () => made.remove());

  it('is named with its process when it agrees and stays', async () => {
    const { site } = made;
    const lock = await acquireEngineLock(site, async () => Promise.resolve(0));
    if (!(lock instanceof EngineLock)) expect.fail('the site is free');
    // In this process, which does not end.
    const service = fakeService(join(site.path, 'database'), { stop: () => undefined, yieldTo: () => undefined });
    const host = createEngineHost({
      site,
      lock,
      service,
      clock: systemClock,
      version: packageVersion(),
      idleSeconds: 60,
      log: () => undefined,
    });
    await writeEngineRecord(site, lock.record);
    const error = await caughtFrom(endEngine(site, { ...realServiceDeps(() => undefined), endSeconds: 0.2 }));
    expect([error.errorId, error.data['processId'], error.message]).to.deep.equal([
      'ServiceStopTimeout',
      process.pid,
      `The engine of site ${site.siteCode} (process ${process.pid}) did not end within 0.2 seconds.`,
    ]);
    await host.stop('the test is over');
    await lock.release();
  });
});
