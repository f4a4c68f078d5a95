import fs from 'node:fs';
import { expect } from 'chai';
import { endEngine } from '../../server/relay/runningEngine.js';
import { loadNodeSqlite } from '../../server/store/sqlite/nodeSqlite.js';
import { RealSite } from '../process/RealSite.js';
import { moveFaults } from './moveFaults.js';
import { moveSuite } from './moveSuite.js';

function hasEngine(): boolean {
  try {
    loadNodeSqlite('PR1');
    return true;
  } catch {
    return false;
  }
}

// test/store/sqlite runs this file again in a Node.js that has the engine.
if (hasEngine()) {
  moveSuite();
  moveFaults();
} else
  describe('A site that is moved to another database', function () {
    it('is told before anything changes that this Node.js has no such database', async () => {
      const site = await RealSite.make();
      try {
        await site.client().request('site/get', {});
        const { code, err } = await site.cli(['site', 'move', '--site-path', site.path, '--database', 'sqlite']);
        expect(code, err).to.equal(1);
        expect(err).to.match(/needs Node\.js 24\.15\.0 or later/);
        expect(fs.readdirSync(site.path).filter((name) => name.startsWith('move'))).to.deep.equal([]);
        expect(site.engineId).to.be.greaterThan(0);
        await endEngine(site.site, { ...site.deps, endSeconds: 30 });
      } finally {
        await site.remove();
      }
    });
  });
