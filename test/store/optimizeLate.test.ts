import { execFileSync } from 'node:child_process';
import { expect } from 'chai';

const module = new URL('../../server/store/embedded/SqlConnection.js', import.meta.url).href;
const SCRIPT = `
  const { loadSqlJs, SqlConnection } = await import('${module}');
  new SqlConnection(await loadSqlJs()).close();`;

describe('SQLite of an engine that has only begun', () => {
  // V8 would take longer for it than the engine for all of its start.
  it('is not compiled a second time for speed', () => {
    const args = ['--trace-wasm-compilation-times', '--input-type=module', '--eval', SCRIPT];
    const said = execFileSync(process.execPath, args, { encoding: 'utf8' });
    expect(said).to.include('using Liftoff').and.not.include('using TurboFan');
  });
});
