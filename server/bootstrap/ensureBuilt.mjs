import { cp, mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, extname } from 'node:path';
import { at } from './paths.mjs';
import { saying } from './saying.mjs';

const settings = ['tsconfig.json', 'package-lock.json'];
// Generated or made by another tool: not looked at.
const ignored = [/^server\/contract\/generated\//, /\.log$/];

/** What is built, from which folders. The modules are loaded late: what is up to date needs no bundler. */
const parts = {
  program: { words: 'the program', from: ['server', 'schemas'], make: makeProgram },
  contract: { words: 'the types of the contract', from: ['schemas'], make: makeContract },
  tests: { words: 'the tests', from: ['server', 'test', 'schemas'], make: makeTests },
};

/** Builds the part of dist/ that is named, or all, when a source is newer than the last build, came or went. */
export async function ensureBuilt({ names = Object.keys(parts), force = false } = {}) {
  for (const name of names) await ensurePart(name, force);
}

async function ensurePart(name, force) {
  const { words, from, make } = parts[name];
  const stamp = at('dist', `.built-${name}.json`);
  const sources = await listSources(from);
  const last = await readStamp(stamp);
  if (!force && isCurrent(sources, last)) return;
  const started = Date.now();
  const known = sources.map((source) => source.name);
  const changed = force || last === undefined ? known : changedSince(sources, last);
  await saying(`Building ${words}`, () => make(known, { before: last?.names ?? [], changed }));
  await mkdir(dirname(stamp), { recursive: true });
  await writeFile(stamp, JSON.stringify({ time: started, names: known }));
}

/** Tells whether the last build saw these sources as they are. */
export function isCurrent(sources, last) {
  if (last === undefined || last.names.length !== sources.length) return false;
  const known = new Set(last.names);
  return sources.every((source) => known.has(source.name) && source.time <= last.time);
}

/** What has to be made again: all where a setting changed, else the sources that are newer than the last build or new. */
export function changedSince(sources, { time, names }) {
  const before = new Set(names);
  const changed = sources.filter((source) => source.time > time || !before.has(source.name)).map(({ name }) => name);
  return changed.some((name) => settings.includes(name)) ? sources.map(({ name }) => name) : changed;
}

async function makeProgram() {
  const { bundleDemo, bundleProgram } = await import('./build/bundle.mjs');
  await Promise.all([bundleProgram(at('dist', 'server')), bundleDemo(at('dist', 'server', 'cli', 'demo.js'))]);
}

async function makeContract() {
  const { generateContract } = await import('./generateContract.mjs');
  await generateContract();
}

/** Each file is transpiled by itself, so only those that changed are. */
async function makeTests(names, { before, changed }) {
  const { transpile } = await import('./build/transpile.mjs');
  const kept = new Set(names);
  await forget(before.filter((name) => !kept.has(name)));
  await transpile(changed);
  for (const name of changed.filter(isData)) await cp(at(name), at('dist', name));
}

/** What stays of a source that is deleted would still run. */
async function forget(names) {
  for (const name of names) {
    const built = at('dist', name.replace(/\.ts$/, '.js'));
    for (const path of [built, `${built}.map`]) await rm(path, { force: true });
  }
}

/** Data beside the code, and what the code imports of the schemas. */
function isData(name) {
  if (name.startsWith('schemas/')) return name === 'schemas/errors.json';
  return /^(server|test)\//.test(name) && ['.json', '.xml', '.txt'].includes(extname(name));
}

async function listSources(folders) {
  const names = [...settings];
  for (const folder of folders) {
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

async function readStamp(path) {
  try {
    return JSON.parse(await readFile(path, 'utf8'));
  } catch {
    // Never built, or interrupted while writing: build.
    return undefined;
  }
}
