import { expect } from 'chai';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { sessionWarning } from '../../server/cli/sessionWarning.js';
import { temporaryFolder } from '../fixtures/temporaryFolder.js';

describe('cli: a session that can take the engine with it', () => {
  const folder = temporaryFolder();
  const env = { SSH_CONNECTION: '192.0.2.1 50000 192.0.2.2 22' };

  it('is one through OpenSSH on Windows, of a site without a service', () => {
    const site = { path: folder() };
    expect(sessionWarning(site, { env, platform: 'win32' })).to.contain('Windows can end the engine with it');
    expect(sessionWarning(site, { env: {}, platform: 'win32' })).to.equal(undefined);
    expect(sessionWarning(site, { env, platform: 'linux' })).to.equal(undefined);
    writeFileSync(join(site.path, 'service.json'), '{}');
    expect(sessionWarning(site, { env, platform: 'win32' })).to.equal(undefined);
  });
});
