import { expect } from 'chai';
import { readdirSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { packageFolder } from '../../server/platform/packageFolder.js';
import { circles } from './circles.js';

const IMPORTING = /(?:^(?:import|export)\b[^'";]*?\bfrom\s*|\bimport\()'(\.[^']+)'/gm;

/** `server/link/NodeRegistry.ts` lies in the room `link`; what lies in no folder is a room of its own. */
function roomOf(file: string): string {
  return file.split('/')[1]?.replace(/\.ts$/, '') ?? '';
}

/** Every file of the server with those that it imports, types too. */
function importsOfFiles(): ReadonlyMap<string, readonly string[]> {
  const root = packageFolder();
  const files = readdirSync(join(root, 'server'), { recursive: true, encoding: 'utf8' })
    .map((name) => `server/${name.replaceAll('\\', '/')}`)
    .filter((name) => name.endsWith('.ts') && !name.includes('/generated/'));
  return new Map(files.map((file) => [file, importsOf(file, readFileSync(join(root, file), 'utf8'))]));
}

function importsOf(file: string, text: string): string[] {
  const found = [...text.matchAll(IMPORTING)].map(([, path = '']) => posix.join(posix.dirname(file), path));
  return found.map((path) => path.replace(/\.js$/, '.ts')).filter((path) => path.startsWith('server/'));
}

/** The text of a file without its comments. */
function codeOf(file: string): string {
  const text = readFileSync(join(packageFolder(), file), 'utf8');
  return text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/^\s*\/\/.*$/gm, '');
}

/** The rooms with those that they look into. */
function arrowsOf(files: ReadonlyMap<string, readonly string[]>): ReadonlyMap<string, readonly string[]> {
  const arrows = new Map<string, Set<string>>();
  for (const [file, imported] of files) {
    const from = roomOf(file);
    const into = arrows.get(from) ?? new Set();
    arrows.set(from, into);
    for (const room of imported.map(roomOf)) if (room !== from) into.add(room);
  }
  return new Map([...arrows].map(([room, into]) => [room, [...into].sort()]));
}

/** The rows of the page: `| \`link/\` | what it holds | \`site\`, \`status\` |`. */
function writtenArrows(): ReadonlyMap<string, readonly string[]> {
  const page = readFileSync(join(packageFolder(), 'docs', 'architecture.md'), 'utf8');
  const rows = [...page.matchAll(/^\| `([a-z]+)(?:\/|\.ts)` \| [^|]{10,} \| ([^|]*) \|$/gm)];
  return new Map(
    rows.map(([, room = '', into = '']) => [room, [...into.matchAll(/`([a-z]+)`/g)].map(([, name = '']) => name)]),
  );
}

describe('style: the rooms of the server', () => {
  const files = importsOfFiles();
  const arrows = arrowsOf(files);

  it('look into each other as docs/architecture.md has it, and each has its purpose there', () => {
    const written = writtenArrows();
    expect([...written.keys()].sort()).to.deep.equal([...arrows.keys()].sort());
    for (const [room, into] of arrows) expect([...(written.get(room) ?? [])].sort(), room).to.deep.equal(into);
  });

  it('have no circle, nor have their files', () => {
    expect(circles(arrows)).to.deep.equal([]);
    expect(circles(files)).to.deep.equal([]);
  });

  it('export nothing that tests alone use', () => {
    const texts = [...files.keys()].map((file) => [file, codeOf(file)] as const);
    const scripts = readdirSync(join(packageFolder(), 'server', 'bootstrap'), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.mjs'))
      .map((name) => codeOf(`server/bootstrap/${name}`));
    const times = new Map<string, number>();
    for (const [, text] of texts)
      for (const word of text.match(/[\w$]+/g) ?? []) times.set(word, (times.get(word) ?? 0) + 1);
    const declared = /^export (?:async |abstract )?(?:function\*?|const|class|interface|type) (\w+)/gm;
    const lonely = texts.flatMap(([file, text]) =>
      [...text.matchAll(declared)]
        .map(([, name = '']) => name)
        .filter((name) => times.get(name) === 1 && !scripts.some((script) => script.includes(name)))
        .map((name) => `${file} ${name}`),
    );
    expect(lonely).to.deep.equal([]);
  });

  it('hold nothing that nobody imports', () => {
    const used = new Set([...files.values()].flat());
    expect([...files.keys()].filter((file) => !used.has(file)).sort()).to.deep.equal([...ENTRIES].sort());
  });
});

/** What Node.js is started with. */
const ENTRIES = ['server/cli/demo.ts', 'server/main.ts', 'server/sync/reading/threadProgram.ts'];
