import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect } from 'chai';
import { packageFolder } from '../../server/platform/packageFolder.js';

/** Packages that a file and what it imports load before anything runs. */
function packagesOf(entry: string): ReadonlySet<string> {
  const packages = new Set<string>();
  const files = new Set([entry]);
  for (const file of files) {
    for (const [, from = ''] of readFileSync(file, 'utf8').matchAll(
      /^(?:import|export)[^;]*?from ["']([^"']+)["']/gm,
    )) {
      if (from.startsWith('.')) files.add(path.resolve(path.dirname(file), from));
      else if (!from.startsWith('node:')) packages.add(from);
    }
  }
  return packages;
}

const server = path.join(packageFolder(), 'dist', 'server');

describe('what a start loads', () => {
  it(
    'of an engine: neither HTTP client nor XML parser nor cabinets nor web sockets nor what compiles checks, which ' +
      'only some requests need',
    () => {
      expect([...packagesOf(path.join(server, 'engine', 'startEngine.js'))].sort()).to.deep.equal([
        'sql.js',
        'vscode-jsonrpc/node',
      ]);
    },
  );

  it('of a relay for a session: the connection alone', () => {
    expect([...packagesOf(path.join(server, 'cli', 'verbs', 'stdio.js'))]).to.deep.equal(['vscode-jsonrpc/node']);
  });
});
