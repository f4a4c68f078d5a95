import { cp } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'esbuild';
import { at, root } from '../paths.mjs';

/** Libraries that look for a WebAssembly file beside themselves stay packages, with the files they need. */
const external = {
  'sql.js': ['package.json', 'LICENSE', 'dist/sql-wasm.js', 'dist/sql-wasm.wasm'],
  'libarchive-wasm': ['package.json', 'dist'],
};

// Libraries in CommonJS ask for Node's own modules with require, which a module file does not have.
const banner =
  "import { createRequire as createRequireOfBundle } from 'node:module'; const require = " +
  'createRequireOfBundle(import.meta.url);';

/**
 * Bundles dist/server/main.js with its libraries into `FOLDER/dist/server`. Gives the names of the npm packages inside,
 * and what the bundler says of its files.
 */
export async function bundleEngine(folder) {
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: [at('dist', 'server', 'main.js')],
    outdir: join(folder, 'dist', 'server'),
    chunkNames: 'parts/[name]-[hash]',
    bundle: true,
    splitting: true,
    metafile: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    external: Object.keys(external),
    legalComments: 'none',
    // Where node_modules is a link, a package keeps its name.
    preserveSymlinks: true,
    logLevel: 'error',
    banner: { js: banner },
  });
  for (const [name, files] of Object.entries(external)) {
    for (const file of files)
      await cp(at('node_modules', name, file), join(folder, 'node_modules', name, file), {
        recursive: true,
        filter: (path) => !path.endsWith('.d.ts'),
      });
  }
  return { packages: [...packagesIn(Object.keys(metafile.inputs)), ...Object.keys(external)].sort(), metafile };
}

/** The npm packages that paths belong to, nested ones with their whole path. */
export function packagesIn(paths) {
  const found = paths.map(
    (path) => /^node_modules\/((?:.*\/node_modules\/)?(?:@[^/]+\/)?[^/]+)\//.exec(path.replaceAll('\\', '/'))?.[1],
  );
  return [...new Set(found.filter((name) => name !== undefined))];
}
