import { cp, mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, extname } from 'node:path';
import { at } from './paths.mjs';
import { mustRunNode } from './run.mjs';

const stamp = at('dist', '.built.json');
const sourceFolders = ['server', 'test', 'schemas'];
const sourceFiles = ['tsconfig.json', 'package-lock.json'];
// Compiled, generated or made by another tool: not looked at.
const ignored = [/^server\/contract\/generated\//, /\.log$/];

/** Builds dist/, when a source is newer than the last build, came or went. */
export async function ensureBuilt({ force = false } = {}) {
  const sources = await listSources();
  const last = await readStamp();
  if (!force && isCurrent(sources, last)) return;
  process.stdout.write('Building ...\n');
  const started = Date.now();
  if (last?.names.some((name) => !sources.some((source) => source.name === name))) await forget();
  await mustRunNode('Generating the contract', [at('server', 'bootstrap', 'generateContract.mjs')]);
  await mustRunNode('The compiler', [at('node_modules', 'typescript', 'bin', 'tsc'), '-p', at()]);
  await copyData(sources);
  await mkdir(dirname(stamp), { recursive: true });
  await writeFile(stamp, JSON.stringify({ time: started, names: sources.map((source) => source.name) }));
}

/** Tells whether the last build saw these sources as they are. */
export function isCurrent(sources, last) {
  if (last === undefined || last.names.length !== sources.length) return false;
  const known = new Set(last.names);
  return sources.every((source) => known.has(source.name) && source.time <= last.time);
}

async function listSources() {
  const names = [...sourceFiles];
  for (const folder of sourceFolders) {
    const entries = await readdir(at(folder), { recursive: true, withFileTypes: true });
    for (const entry of entries.filter((file) => file.isFile())) names.push(nameOf(entry));
  }
  const kept = names.filter((name) => !ignored.some((pattern) => pattern.test(name)));
  return Promise.all(kept.sort().map(async (name) => ({ name, time: (await stat(at(name))).mtimeMs })));
}

// Node 20 calls the folder of an entry parentPath from 20.12 on.
function nameOf(entry) {
  const path = `${entry.parentPath}/${entry.name}`.replaceAll('\\', '/');
  return path.slice(at().replaceAll('\\', '/').length + 1);
}

/** What the compiler leaves behind when a source is deleted would still run. */
async function forget() {
  for (const folder of ['server', 'test', '.tsbuildinfo'])
    await rm(at('dist', folder), { recursive: true, force: true });
}

/** Data beside the code, which the compiler copies only where it is imported. */
async function copyData(sources) {
  const data = sources.filter(
    ({ name }) => /^(server|test)\//.test(name) && ['.json', '.xml', '.txt'].includes(extname(name)),
  );
  for (const { name } of data) await cp(at(name), at('dist', name));
}

async function readStamp() {
  try {
    return JSON.parse(await readFile(stamp, 'utf8'));
  } catch {
    // Never built, or interrupted while writing: build.
    return undefined;
  }
}
