import { cp, mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { at } from '../paths.mjs';
import { bundleEngine } from './bundleEngine.mjs';
import { mergeModule } from './mergeModule.mjs';
import { packageJson, packageManifest } from './packageManifest.mjs';
import { thirdPartyNotices } from './thirdPartyNotices.mjs';

/** Taken as they are. */
export const copied = [
  'cmdlets/ConfigMgrSync.Format.ps1xml',
  'cmdlets/ConfigMgrSync.Objects.psd1',
  'cmdlets/ConfigMgrSync.Types.ps1xml',
  'cmdlets/provider/CMSiteProvider.cs',
  'cmdlets/system',
  'console',
  'en-US',
  'RoleCapabilities',
  'schemas',
  'docs',
  'README.md',
  'CHANGELOG.md',
  'LICENSE',
];

/**
 * Writes the module folder `OUT/ConfigMgrSync/VERSION`, which needs only Node.js on the machine, in place of one that
 * was there. `addTo` may put more into the folder before its files are listed.
 * Gives `{ folder, files, bytes }`.
 */
export async function writePackage(out, addTo = async () => undefined) {
  const product = JSON.parse(await readFile(at('package.json'), 'utf8'));
  const folder = join(out, 'ConfigMgrSync', product.version);
  await rm(folder, { recursive: true, force: true });
  for (const name of copied) await cp(at(name), join(folder, name), { recursive: true });
  const { packages } = await bundleEngine(folder);
  await put(join(folder, 'package.json'), packageJson(product));
  await put(join(folder, 'cmdlets', 'ConfigMgrSync.psm1'), await mergeModule());
  await put(join(folder, 'THIRD-PARTY-NOTICES.txt'), await thirdPartyNotices(packages));
  await addTo(folder);
  const files = await filesOf(folder);
  await put(
    join(folder, 'ConfigMgrSync.psd1'),
    packageManifest(await readFile(at('ConfigMgrSync.psd1'), 'utf8'), { version: product.version, files }),
  );
  return { folder, files: files.length + 1, bytes: await bytesOf(folder) };
}

async function put(path, text) {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, text);
}

/** Every file below a folder, with slashes, sorted. */
export async function filesOf(folder) {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  return files.map((file) => file.slice(folder.length + 1).replaceAll('\\', '/')).sort();
}

async function bytesOf(folder) {
  const sizes = await Promise.all((await filesOf(folder)).map(async (file) => (await stat(join(folder, file))).size));
  return sizes.reduce((sum, size) => sum + size, 0);
}
