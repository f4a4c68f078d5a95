import { execFile } from 'node:child_process';
import { BenchFailure } from './BenchFailure.js';

/** What git prints in a folder, without the last line end. @throws BenchFailure with what git said */
export async function git(folder: string, ...args: readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    execFile('git', [...args], { cwd: folder, windowsHide: true }, (error, stdout, stderr) => {
      if (error === null) resolve(stdout.trimEnd());
      else reject(new BenchFailure(stderr.trim() === '' ? error.message : stderr.trim()));
    });
  });
}

/** The full hash of a commit that this clone has; undefined when it has none of that name. */
export async function commitOf(folder: string, ref: string): Promise<string | undefined> {
  try {
    return await git(folder, 'rev-parse', '--verify', '--quiet', '--end-of-options', `${ref}^{commit}`);
  } catch {
    // Not there, or not yet: a shallow clone.
    return undefined;
  }
}
