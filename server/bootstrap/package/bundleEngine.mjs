import { cp } from 'node:fs/promises';
import { join } from 'node:path';
import { bundleProgram, external } from '../build/bundle.mjs';
import { at } from '../paths.mjs';

/** The files that the package needs of each library which is not bundled. */
const filesOfLibrary = {
  'sql.js': ['package.json', 'LICENSE', 'dist/sql-wasm.js', 'dist/sql-wasm.wasm'],
  'libarchive-wasm': ['package.json', 'dist'],
};

/**
 * Bundles the engine with its libraries into `FOLDER/dist/server`. Gives the names of the npm packages inside, and what
 * the bundler says of its files.
 */
export async function bundleEngine(folder) {
  const metafile = await bundleProgram(join(folder, 'dist', 'server'));
  for (const name of external) {
    for (const file of filesOfLibrary[name])
      await cp(at('node_modules', name, file), join(folder, 'node_modules', name, file), {
        recursive: true,
        filter: (path) => !path.endsWith('.d.ts'),
      });
  }
  return { packages: [...packagesIn(Object.keys(metafile.inputs)), ...external].sort(), metafile };
}

/** The npm packages that paths belong to, nested ones with their whole path. */
export function packagesIn(paths) {
  const found = paths.map(
    (path) => /^node_modules\/((?:.*\/node_modules\/)?(?:@[^/]+\/)?[^/]+)\//.exec(path.replaceAll('\\', '/'))?.[1],
  );
  return [...new Set(found.filter((name) => name !== undefined))];
}
