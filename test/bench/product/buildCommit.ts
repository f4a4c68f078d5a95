import { execFile } from 'node:child_process';
import { readFileSync, realpathSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { installOnce } from '../../powershell/installOnce.js';
import { BenchFailure } from './BenchFailure.js';
import { git } from './git.js';
import { type Product, productIn } from './Product.js';
import { lastLine } from './runVerb.js';

/** Where another commit is built. */
export interface BuildPlace {
  /** The checkout that knows the commit. */
  readonly root: string;
  /** A folder for built commits, outside of every checkout. */
  readonly cache: string;
  readonly tell: (line: string) => void;
}

/**
 * A commit as a product, in a worktree of its own that is kept: built once. Of two benches that build it at a time the
 * first to be done wins. @throws BenchFailure when it cannot be built
 */
export async function buildCommit(commit: string, { root, cache, tell }: BuildPlace): Promise<Product> {
  const folder = path.join(cache, commit);
  const label = commit.slice(0, 7);
  const failure = await installOnce(folder, async (target) => {
    tell(`Building ${label} in ${folder}`);
    await git(root, 'worktree', 'prune');
    await git(root, 'worktree', 'add', '--detach', target, commit);
    await install(root, target);
    await runScript(path.join('server', 'bootstrap', 'build.mjs'), { folder: target });
    return undefined;
  });
  if (failure !== undefined) throw new BenchFailure(failure);
  return productIn(folder, { label, commit });
}

/** The packages of this checkout where both commits want the same, else those that its lock file names. */
async function install(root: string, folder: string): Promise<void> {
  const lock = (checkout: string): string => readFileSync(path.join(checkout, 'package-lock.json'), 'utf8');
  if (lock(root) === lock(folder)) {
    symlinkSync(realpathSync(path.join(root, 'node_modules')), path.join(folder, 'node_modules'), 'junction');
    return;
  }
  const module = pathToFileURL(path.join(root, 'server', 'bootstrap', 'ensureInstalled.mjs')).href;
  const { npmScript } = (await import(module)) as { npmScript: () => string };
  await runScript(npmScript(), { folder, args: ['ci', '--include=dev', '--no-audit', '--no-fund'] });
}

async function runScript(script: string, { folder, args = [] }: { folder: string; args?: string[] }): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    execFile(process.execPath, [script, ...args], { cwd: folder, maxBuffer: 1 << 26 }, (error, stdout, stderr) => {
      if (error === null) resolve();
      else reject(new BenchFailure(`${script} failed: ${lastLine(`${stdout}\n${stderr}`) ?? error.message}`));
    });
  });
}
