import { isBuiltin } from 'node:module';
import { existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect } from 'chai';
import { packageFolder } from '../../server/platform/packageFolder.js';
import { LIBRARIES } from '../../server/platform/programTrust.js';

interface Output {
  readonly entryPoint?: string;
  readonly inputs: Readonly<Record<string, unknown>>;
  readonly imports: readonly { readonly path: string; readonly kind: string; readonly external?: boolean }[];
}

interface Metafile {
  readonly outputs: Readonly<Record<string, Output>>;
}

type Mark = (outputs: Metafile['outputs']) => string;
type Bundle = (folder: string) => Promise<{ readonly metafile: Metafile }>;

describe('package: what its engine loads late', () => {
  const scratch = mkdtempSync(join(tmpdir(), 'configmgrsync-late-'));
  // Behind a link, as where a home folder or a disk is one.
  const folder = join(scratch, 'link');
  let outputs: Metafile['outputs'] = {};

  before(async () => {
    const bundler = join(packageFolder(), 'server', 'bootstrap', 'package', 'bundleEngine.mjs');
    const { bundleEngine } = (await import(pathToFileURL(bundler).href)) as { bundleEngine: Bundle };
    mkdirSync(join(scratch, 'real'));
    symlinkSync(join(scratch, 'real'), folder, 'junction');
    outputs = (await bundleEngine(folder)).metafile.outputs;
  });

  after(() => rmSync(scratch, { recursive: true, force: true }));

  it('has every file that one of its files imports', () => {
    const own = Object.values(outputs).flatMap((output) => output.imports.filter((asked) => asked.external !== true));
    expect(own.length).to.be.greaterThan(100);
    const missing = own.map(pathOf).filter((path) => !existsSync(join(packageFolder(), path)));
    expect(missing).to.deep.equal([]);
  });

  it('has no file that another build has too, but those that are found by their names', async () => {
    const module = join(packageFolder(), 'server', 'bootstrap', 'build', 'buildMark.mjs');
    const { buildMark } = (await import(pathToFileURL(module).href)) as { buildMark: Mark };
    const names = Object.keys(outputs).map((file) => basename(file));
    const marks = names.map((name) => /-([\da-f]{8})\.js$/.exec(name)?.[1] ?? name);
    expect(new Set(marks)).to.have.keys(['main.js', 'readingThread.js', marks[0] ?? '']);
    expect(marks[0]).to.match(/^[\da-f]{8}$/);
    const [first] = Object.values(outputs);
    expect(buildMark({ ...outputs, 'parts/another.js': first as Output })).not.to.equal(buildMark(outputs));
  });

  it('has each part under the names that the source exports', async () => {
    const late = new Set(Object.values(outputs).flatMap((output) => output.imports.filter(isLate).map(pathOf)));
    expect(late.size).to.be.greaterThan(40);
    for (const part of late) {
      const source = sourceOf(outputs[part]?.entryPoint ?? part);
      expect(await namesIn(part), source).to.deep.equal(await namesIn(source));
    }
  });

  it('starts an engine, a session and a command from few files', () => {
    const filesOf = (...entries: readonly string[]): number => {
      const from = Object.keys(outputs).filter((path) => entries.includes(outputs[path]?.entryPoint ?? ''));
      return new Set(from.flatMap((path) => loadedWith(path, outputs)).filter((path) => path in outputs)).size;
    };
    expect(filesOf('server/engine/startEngine.ts')).to.be.within(2, 15);
    expect(filesOf('server/cli/verbs/stdio.ts')).to.be.within(2, 10);
    expect(filesOf('server/cli/runCommandLine.ts')).to.be.within(2, 10);
  });

  it('starts an engine and a session without what reads the command line and what compiles checks', () => {
    const entries = ['server/main.ts', 'server/cli/verbs/engine.ts', 'server/engine/startEngine.ts'];
    const paths = Object.keys(outputs);
    const of = (entry: string): string => paths.find((path) => outputs[path]?.entryPoint === entry) ?? entry;
    const main = outputs[of('server/main.ts')]?.imports.filter(isLate).map(pathOf);
    expect(main).to.include.members([of('server/cli/verbs/engine.ts'), of('server/cli/verbs/stdio.ts')]);
    const read = [...entries, 'server/cli/verbs/stdio.ts'].flatMap((entry) => loadedWith(of(entry), outputs));
    const sources = read.flatMap((path) => Object.keys(outputs[path]?.inputs ?? {}));
    expect(sources).to.include('server/engine/openEngine.ts');
    expect(sources.filter((source) => /yargs|createParser|validator\.ts|ajv\/dist\/core/.test(source))).to.deep.equal(
      [],
    );
  });

  it('looks for no package that it does not bring', () => {
    const asked = Object.values(outputs).flatMap((output) => output.imports.filter(isForeign).map(pathOf));
    expect([...new Set(asked)].sort()).to.deep.equal([...LIBRARIES].sort());
  });
});

/** A part with all that it loads at once. */
function loadedWith(path: string, outputs: Metafile['outputs'], known = new Set<string>()): readonly string[] {
  if (known.has(path)) return [];
  known.add(path);
  const now = (outputs[path]?.imports ?? []).filter(({ kind }) => kind === 'import-statement').map(pathOf);
  return [path, ...now.flatMap((part) => loadedWith(part, outputs, known))];
}

/** Node.js looks for a package in every folder above, on Windows up to one that every user can make. */
function isForeign({ path, external }: Output['imports'][number]): boolean {
  return external === true && !path.startsWith('node:') && !isBuiltin(path);
}

function isLate({ kind }: { readonly kind: string }): boolean {
  return kind === 'dynamic-import';
}

function pathOf({ path }: { readonly path: string }): string {
  return path;
}

/** The module as it is built without the bundler. */
function sourceOf(path: string): string {
  return path.startsWith('server/') ? `dist/${path.replace(/\.ts$/, '.js')}` : path;
}

async function namesIn(file: string): Promise<readonly string[]> {
  return Object.keys((await import(pathToFileURL(join(packageFolder(), file)).href)) as object).sort();
}
