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
const { compileOpenedFile } = await import('./package/compileOpenedFile.mjs');
const { compileProvider } = await import('./package/compileProvider.mjs');
const { writePackage } = await import('./package/writePackage.mjs');
const missing = {};
const written = await writePackage(given.out, async (folder) => {
  missing.provider = await compileProvider(folder);
  missing.openedFile = await compileOpenedFile(folder);
});
if (missing.provider !== undefined) {
  process.stdout.write(
    `Without the compiled provider CMSite, because ${missing.provider}: PowerShell compiles it at each import.\n`,
  );
}
if (missing.openedFile !== undefined) {
  process.stdout.write(
    `Without the compiled class that sets access lists, because ${missing.openedFile}: PowerShell makes it at each ` +
      'call, and cannot where Dynamic Code Security applies.\n',
  );
}
process.stdout.write(`${written.folder}: ${written.files} files, ${(written.bytes / 1e6).toFixed(1)} MB\n`);
if (given.sign !== undefined) {
  const { signPackage } = await import('./package/signPackage.mjs');
  process.exitCode = await signPackage(written.folder, given);
}
