import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect } from 'chai';
import { temporaryFolder } from '../../fixtures/temporaryFolder.js';
import { BenchFailure } from './BenchFailure.js';
import { buildCommit } from './buildCommit.js';
import { commitOf, git } from './git.js';

const MANIFEST = { name: 'x', version: '1.2.3', bin: { configmgrsync: 'dist/main.js' } };
const BUILD = "import { appendFileSync } from 'node:fs'; appendFileSync('built', 'once ');";

describe('buildCommit', () => {
  const folder = temporaryFolder();
  let root: string;
  let commit: string;
  const told: string[] = [];
  const place = () => ({ root, cache: path.join(folder(), 'cache'), tell: (line: string) => void told.push(line) });

  beforeEach(async () => {
    told.length = 0;
    root = path.join(folder(), 'checkout');
    for (const name of ['server/bootstrap', 'node_modules/library'])
      mkdirSync(path.join(root, name), { recursive: true });
    await git(root, 'init', '--quiet');
    put('.gitignore', 'node_modules\nbuilt\n');
    put('package.json', JSON.stringify(MANIFEST));
    put('package-lock.json', '{ "lockfileVersion": 3 }');
    put('server/bootstrap/build.mjs', BUILD);
    commit = await commitAll();
    put('later', '');
    await commitAll();
  });

  it('builds a commit once, in a worktree beside the checkout, with its packages', async () => {
    const product = await buildCommit(commit, place());
    expect(product).to.include({ commit, label: commit.slice(0, 7), version: '1.2.3' });
    expect(product.main).to.equal(path.join(product.root, 'dist', 'main.js'));
    expect(existsSync(path.join(product.root, 'later'))).to.equal(false);
    expect(existsSync(path.join(product.root, 'node_modules', 'library'))).to.equal(true);
    await buildCommit(commit, place());
    expect(builtIn(product.root)).to.equal('once ');
    expect(told).to.have.length(1);
    expect(existsSync(path.join(root, 'built'))).to.equal(false);
  });

  it('makes again what was removed by hand', async () => {
    const { root: made } = await buildCommit(commit, place());
    rmSync(made, { recursive: true });
    await buildCommit(commit, place());
    expect(builtIn(made)).to.equal('once ');
    expect(told).to.have.length(2);
  });

  it('gives two who want the same commit at a time one whole build, and leaves nothing beside it', async () => {
    const products = await Promise.all([buildCommit(commit, place()), buildCommit(commit, place())]);
    expect(products[0].root).to.equal(products[1].root);
    expect(builtIn(products[0].root)).to.equal('once ');
    expect(readdirSync(place().cache)).to.deep.equal([commit]);
  });

  it('says why a commit cannot be built, and tries again the next time', async () => {
    put('server/bootstrap/build.mjs', "console.error('tsc is missing'); process.exit(1)");
    const broken = await commitAll();
    for (const attempt of [1, 2]) {
      const error: unknown = await buildCommit(broken, place()).catch((caught: unknown) => caught);
      expect(error).to.be.instanceOf(BenchFailure);
      expect((error as BenchFailure).message).to.match(/build\.mjs failed: tsc is missing/);
      expect(told).to.have.length(attempt);
    }
  });

  it('finds commits by any of their names, and tells when there is none', async () => {
    expect(await commitOf(root, 'HEAD~1')).to.equal(commit);
    expect(await commitOf(root, commit.slice(0, 7))).to.equal(commit);
    expect(await commitOf(root, 'f'.repeat(40))).to.equal(undefined);
    expect(await commitOf(root, '--all')).to.equal(undefined);
    expect(await commitOf(folder(), 'HEAD')).to.equal(undefined);
  });

  function put(name: string, text: string): void {
    writeFileSync(path.join(root, name), text);
  }

  function builtIn(made: string): string {
    return readFileSync(path.join(made, 'built'), 'utf8');
  }

  async function commitAll(): Promise<string> {
    await git(root, 'add', '--all');
    const author = ['-c', 'user.name=Test', '-c', 'user.email=test@localhost', '-c', 'commit.gpgsign=false'];
    await git(root, ...author, 'commit', '--quiet', '--message', 'test: a commit');
    return git(root, 'rev-parse', 'HEAD');
  }
});
