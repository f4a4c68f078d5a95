import { readFile, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { build } from 'esbuild';
import { at, root } from '../paths.mjs';
import { compiledChecks } from './compiledChecks.mjs';
import { joinChunks } from './joinChunks.mjs';

/** Libraries that look for a WebAssembly file beside themselves stay packages. */
export const external = ['sql.js', 'libarchive-wasm'];

// Libraries in CommonJS ask for Node's own modules with require, which a module file does not have.
const banner =
  "import { createRequire as createRequireOfBundle } from 'node:module'; const require = " +
  'createRequireOfBundle(import.meta.url);';

/**
 * A package that a library would take if it were there is looked for in every folder above the program, up to
 * `C:\\node_modules`, which every user of Windows can make: nothing is looked for.
 */
const define = {
  // Where there is no `navigator` (Node.js 20), `pg` makes one to see whether it runs at Cloudflare, for which Node.js
  // loads its HTTP client: a third of the processor time of opening a site in PostgreSQL.
  Response: 'undefined',
  'process.env.WS_NO_BUFFER_UTIL': '"1"',
  'process.env.WS_NO_UTF_8_VALIDATE': '"1"',
  'process.env.NODE_PG_FORCE_NATIVE': '""',
};
const alias = { 'pg-native': './server/bootstrap/build/nothing.cjs' };

/** Of undici, what the program uses: the rest takes longer to load. */
const undiciParts = {
  name: 'undici-parts',
  setup: ({ onLoad }) =>
    onLoad({ filter: /[\\/]undici[\\/]index\.js$/ }, async ({ path }) => ({
      contents: await readFile(at('server', 'bootstrap', 'build', 'undici.cjs'), 'utf8'),
      resolveDir: dirname(path),
    })),
};

/** The checks that a process needs first, compiled. */
const checks = {
  name: 'compiled-checks',
  setup: ({ onLoad }) =>
    onLoad({ filter: /[\\/]server[\\/]contract[\\/]compiledChecks\.ts$/ }, async ({ path }) => ({
      contents: await compiledChecks(),
      resolveDir: dirname(path),
    })),
};

const plain = {
  absWorkingDir: root,
  bundle: true,
  format: 'esm',
  platform: 'node',
  target: 'node20.19',
  // Where node_modules is a link, a package keeps its name; where the folder is one, a chunk keeps its path.
  preserveSymlinks: true,
  legalComments: 'none',
  logLevel: 'error',
};

const common = {
  ...plain,
  external,
  define,
  alias,
  plugins: [undiciParts, checks],
  banner: { js: banner },
};

/**
 * Bundles the engine and the command line with their libraries: main.js, and in parts/ what it loads late and what it
 * starts as a thread.
 */
export async function bundleProgram(folder) {
  await rm(join(folder, 'parts'), { recursive: true, force: true });
  const { metafile } = await build({
    ...common,
    entryPoints: {
      main: at('server', 'main.ts'),
      'parts/readingThread': at('server', 'sync', 'reading', 'threadProgram.ts'),
    },
    outdir: folder,
    chunkNames: 'parts/[name]-[hash]',
    splitting: true,
    metafile: true,
  });
  return { ...metafile, outputs: await joinChunks(folder, metafile.outputs, plain) };
}

/** Bundles what `npm start` plays, which starts main.js. */
export async function bundleDemo(file) {
  await build({ ...common, entryPoints: [at('server', 'cli', 'demo.ts')], outfile: file });
}

/** Bundles what tests start as processes, each into one file where its source would be. */
export async function bundleTestPrograms(names) {
  await build({ ...common, entryPoints: names, outbase: root, outdir: at('dist') });
}
