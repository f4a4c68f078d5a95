import { existsSync, lstatSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { at } from './paths.mjs';
import { mustRunNode } from './run.mjs';
import { saying } from './saying.mjs';

/** Installs the packages of the lock file, when it is newer than what is installed. */
export async function ensureInstalled() {
  if (isInstalled(at('package-lock.json'), at('node_modules', '.package-lock.json'))) return;
  // npm ci empties the folder first: through a link that would be the one of another clone.
  if (isLink(at('node_modules')))
    return void process.stderr.write(
      'node_modules is a link, so the packages are used as they are. Run npm ci in the folder it points to.\n',
    );
  await saying('Installing packages', () =>
    mustRunNode('npm ci', [npmScript(), 'ci', '--include=dev', '--no-audit', '--no-fund']),
  );
}

/** npm keeps a copy of what it installed in node_modules. */
export function isInstalled(lock, installed) {
  return existsSync(installed) && statSync(lock).mtimeMs <= statSync(installed).mtimeMs;
}

/** Tells whether a path is a symbolic link or a junction. */
export function isLink(path) {
  return lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() ?? false;
}

/** npm's own script, so that no shell and no .cmd file is needed. */
export function npmScript(env = process.env, node = process.execPath) {
  const folder = dirname(node);
  const candidates = [
    ...(basename(env.npm_execpath ?? '') === 'npm-cli.js' ? [env.npm_execpath] : []),
    join(folder, 'node_modules', 'npm', 'bin', 'npm-cli.js'),
    join(dirname(folder), 'lib', 'node_modules', 'npm', 'bin', 'npm-cli.js'),
    join(dirname(folder), 'share', 'nodejs', 'npm', 'bin', 'npm-cli.js'),
  ];
  const found = candidates.find((path) => existsSync(path));
  if (found !== undefined) return found;
  process.stderr.write(
    `npm was not found (looked at: ${candidates.join(', ')}). Run the command through npm: npm start, npm test.\n`,
  );
  process.exit(1);
}
