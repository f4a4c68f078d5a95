import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { temporaryFolder } from '../fixtures/temporaryFolder.js';
import { compileAhead } from './compileAhead.js';

describe('PowerShell that cannot be compiled ahead', () => {
  const root = temporaryFolder();

  it('stays as it is, and the cause is told', async () => {
    const folder = join(root(), 'powershell');
    mkdirSync(folder);
    writeFileSync(join(folder, 'pwsh.dll'), 'as it came');
    // Knows no word such as publish.
    expect(await compileAhead(process.execPath, folder)).to.contain('Cannot find module');
    expect(readdirSync(folder)).to.deep.equal(['pwsh.dll']);
  });
});
