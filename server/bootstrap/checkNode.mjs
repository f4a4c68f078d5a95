import { readFileSync } from 'node:fs';
import { at } from './paths.mjs';

/** Ends the process with a plain sentence when this Node.js is too old. */
export function checkNode() {
  const wanted = JSON.parse(readFileSync(at('package.json'), 'utf8')).engines.node.replace('>=', '');
  if (isAtLeast(process.versions.node, wanted)) return;
  process.stderr.write(
    `ConfigMgrSync needs Node.js ${wanted} or later; this is ${process.versions.node} (${process.execPath}).\n`,
  );
  process.exit(1);
}

/** Compares major and minor numbers. */
export function isAtLeast(version, wanted) {
  const [major, minor] = version.split('.').map(Number);
  const [wantedMajor, wantedMinor = 0] = wanted.split('.').map(Number);
  return major > wantedMajor || (major === wantedMajor && minor >= wantedMinor);
}
