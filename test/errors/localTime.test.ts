import { expect } from 'chai';
import { spawnSync } from 'node:child_process';
import { pathToFileURL } from 'node:url';
import { join } from 'node:path';
import { localTime, withLocalTimes } from '../../server/errors/localTime.js';
import { SyncError } from '../../server/errors/SyncError.js';

describe('times in texts', () => {
  it('are those of the clock of this machine, and no stamp stays', () => {
    const stamp = '2026-11-30T06:15:00.000Z';
    expect(withLocalTimes(`from ${stamp} to 2026-11-30T06:15:00Z, not 2026-99-30T06:15:00Z`)).to.equal(
      `from ${localTime(stamp)} to ${localTime(stamp)}, not 2026-99-30T06:15:00Z`,
    );
    const error = new SyncError('JoinTokenExpired', { site: 'ABC', time: stamp });
    expect(error.message).to.equal(`The join token of site ABC expired at ${localTime(stamp)}.`);
    expect(error.data['time']).to.equal(stamp);
  });

  it('follow the time zone of the machine', () => {
    const module = pathToFileURL(join(import.meta.dirname, '../../server/errors/localTime.js')).href;
    const script = `import(${JSON.stringify(module)}).then((m) => console.log(m.localTime('2026-01-30T23:15:07Z')))`;
    const shown = (zone: string): string =>
      spawnSync(process.execPath, ['-e', script], {
        env: { ...process.env, TZ: zone },
        encoding: 'utf8',
      }).stdout.trim();
    expect([shown('Asia/Kathmandu'), shown('UTC')]).to.deep.equal(['2026-01-31 05:00:07', '2026-01-30 23:15:07']);
  });
});
