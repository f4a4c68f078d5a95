import { checkNode } from './checkNode.mjs';
import { ensureBuilt } from './ensureBuilt.mjs';
import { ensureInstalled } from './ensureInstalled.mjs';
import { readArguments } from './package/readArguments.mjs';

checkNode();
const given = readArguments(process.argv.slice(2));
if ('problem' in given) {
  process.stderr.write(`${given.problem}\n`);
  process.exit(2);
}
await ensureInstalled();
await ensureBuilt({ names: ['program'] });
const { writePackage } = await import('./package/writePackage.mjs');
const written = await writePackage(given.out);
process.stdout.write(`${written.folder}: ${written.files} files, ${(written.bytes / 1e6).toFixed(1)} MB\n`);
if (given.sign !== undefined) {
  const { signPackage } = await import('./package/signPackage.mjs');
  process.exitCode = await signPackage(written.folder, given);
}
