import { expect } from 'chai';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { runVerb } from '../cli/runVerb.js';
import { temporaryFolder } from '../fixtures/temporaryFolder.js';

describe('rpc: a new site whose upstream its engine refuses', () => {
  const folder = temporaryFolder();

  it('is taken back once its engine has ended, and the reason is the refusal', async () => {
    const home = { CONFIGMGRSYNC_HOME: folder() };
    const args = ['site', 'new', '--site-code', 'ABC', '--upstream', 'http://user:pw@127.0.0.1:8530'];
    const end = await runVerb(args, home);
    expect(end.code).not.to.equal(0);
    expect(end.err).to.contain('UpstreamUrlInvalid').and.not.to.contain('stays');
    expect(existsSync(join(folder(), 'ABC'))).to.equal(false);
    expect(readdirSync(folder())).to.deep.equal([]);
  });
});
