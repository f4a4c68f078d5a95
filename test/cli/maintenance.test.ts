import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import type { Maintenance } from '../../server/contract/generated/types.js';
import { STATE } from '../../server/engine/catalogueState.js';
import { agedFolder } from '../engine/agedFolder.js';
import { temporaryFolder } from '../fixtures/temporaryFolder.js';

const main = fileURLToPath(new URL('../../server/main.js', import.meta.url));

describe('cli: maintenance of a site with a past, in an engine of its own', () => {
  const folder = temporaryFolder();
  const run = async (...args: string[]): Promise<{ code: number; out: string; err: string }> => {
    const child = spawn(process.execPath, [main, ...args], {
      env: { ...process.env, CONFIGMGRSYNC_HOME: folder(), CONFIGMGRSYNC_SITE: 'ABC' },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const [out, err, [code]] = await Promise.all([
      text(child.stdout),
      text(child.stderr),
      once(child, 'close') as Promise<[number]>,
    ]);
    return { code, out, err };
  };
  const endEngine = (): void => {
    const { processId } = JSON.parse(readFileSync(join(folder(), 'ABC', 'engine.json'), 'utf8')) as {
      processId: number;
    };
    process.kill(processId, 'SIGKILL');
  };

  it('says what would go, as a table and as JSON, and then does it', async () => {
    expect((await run('site', 'new', '--site-code', 'ABC')).code).to.equal(0);
    await agedFolder(join(folder(), 'ABC'));
    try {
      const table = await run('maintenance', '--what-if');
      expect([table.code, table.err]).to.deep.equal([0, '']);
      expect(table.out)
        .to.match(/^DeleteUpdate +00000000-0000-4000-8000-000000000014 +1 +Update 20 +It has been declined/m)
        .and.to.contain('Maintenance would do');
      const preview = JSON.parse((await run('maintenance', '--what-if', '--json')).out) as Maintenance;
      const done = JSON.parse((await run('maintenance', '--json')).out) as Maintenance;
      expect([
        preview.WhatIf,
        preview.DeletedRevisions,
        done.WhatIf,
        done.DeletedRevisions,
        done.CompactedSegments,
      ]).to.deep.equal([true, 8, false, 8, 1]);
      expect((await run('maintenance')).out).to.contain('DeletedRevisions 0');
      expect(readFileSync(join(folder(), 'ABC', 'Logs', 'wsyncmgr.log'), 'utf8'))
        .to.contain('Calling WSUS Cleanup.')
        .and.to.contain('3 update(s) were deleted from the catalogue');
    } finally {
      endEngine();
    }
  });

  it('is taken up when the engine starts after one that was killed in it', async () => {
    expect((await run('site', 'new', '--site-code', 'ABC')).code).to.equal(0);
    await agedFolder(join(folder(), 'ABC'), { [STATE.maintenancePending]: true });
    try {
      expect((await run('status')).code).to.equal(0);
      // This one waits for the one that was taken up, which has left nothing to do.
      expect((JSON.parse((await run('maintenance', '--json')).out) as Maintenance).DeletedRevisions).to.equal(0);
    } finally {
      endEngine();
    }
  });
});
