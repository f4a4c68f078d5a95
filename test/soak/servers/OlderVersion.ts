import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';
import { packageFolder } from '../../../server/platform/packageFolder.js';
import { cacheFolder } from '../../powershell/powershellTool.js';

/** The program of an earlier commit, built into the cache folder of the user; undefined without its history. */
export function olderVersion(commit: string): string | undefined {
  const repository = packageFolder();
  const folder = path.join(cacheFolder(process.platform, process.env, homedir()), 'versions', commit);
  const program = path.join(folder, 'dist', 'server', 'main.js');
  if (fs.existsSync(program)) {
    linkPackages(repository, folder);
    return program;
  }
  const git = (args: readonly string[]): { readonly status: number | null; readonly stdout: Buffer } =>
    spawnSync('git', args, { cwd: repository, maxBuffer: 2 ** 30 });
  const { status, stdout } = git(['archive', commit]);
  if (status !== 0) return undefined;
  fs.rmSync(folder, { recursive: true, force: true });
  fs.mkdirSync(folder, { recursive: true });
  must(spawnSync('tar', ['-x', '-C', folder], { input: stdout }));
  linkPackages(repository, folder);
  const build = "import('./server/bootstrap/ensureBuilt.mjs').then(({ ensureBuilt }) => ensureBuilt())";
  must(spawnSync(process.execPath, ['-e', build], { cwd: folder, env: { ...process.env, NODE_OPTIONS: '' } }));
  return program;
}

/** The checkout from which it was built may be gone. */
function linkPackages(repository: string, folder: string): void {
  const link = path.join(folder, 'node_modules');
  fs.rmSync(link, { force: true });
  fs.symlinkSync(path.join(repository, 'node_modules'), link, 'junction');
}

function must({ status, stderr }: { readonly status: number | null; readonly stderr: Buffer }): void {
  if (status !== 0) throw new TypeError(String(stderr));
}
