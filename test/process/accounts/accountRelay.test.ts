import { expect } from 'chai';
import fs from 'node:fs';
import { join } from 'node:path';
import { processEnd } from '../../../server/cli/processEnd.js';
import { accountWord, askUnderAccount } from '../../../server/relay/AccountRelay.js';
import { realEngineDeps } from '../../../server/rpc/EngineDeps.js';
import type { EngineDeps } from '../../../server/rpc/EngineDeps.js';
import { readEngineRecord } from '../../../server/rpc/enginePlace.js';
import { realSiteEnvironment } from '../../../server/site/SiteFolder.js';
import type { SiteFolder } from '../../../server/site/SiteFolder.js';
import { createSite } from '../../../server/site/createSite.js';
import { caughtFrom } from '../../rpc/caught.js';
import { killIfThere } from '../../fixtures/killIfThere.js';
import { AccountLab } from './AccountLab.js';
import { ACCOUNTS, GROUP, whyNoAccounts } from './accounts.js';

const because = whyNoAccounts();
const ACCOUNT = { userId: ACCOUNTS.owner.userId, groupId: GROUP, isShared: true };

(because === '' ? describe : describe.skip)(`neighbour: the relay under another account${because}`, function () {
  let lab: AccountLab;
  let site: SiteFolder;
  beforeEach(async () => {
    lab = new AccountLab();
    const shared = { operators: [String(GROUP)], account: String(ACCOUNT.userId) };
    site = await createSite({ requestId: 'r', siteCode: 'ABC', path: lab.site, ...shared }, realSiteEnvironment());
  });
  afterEach(async () => lab.remove());

  const ask = async (changes: Partial<EngineDeps>): Promise<unknown> =>
    askUnderAccount(site, { account: ACCOUNT, method: 'site/get', params: {} }, { ...realEngineDeps(), ...changes });

  it('starts the engine as that account, which goes on after the relay, and is asked again', async () => {
    expect(await ask({})).to.include({ SiteCode: 'ABC', InstallDir: lab.site });
    const note = readEngineRecord(site);
    expect(note?.account).to.equal(ACCOUNT.userId);
    const status = fs.readFileSync(`/proc/${note?.processId ?? 0}/status`, 'utf8');
    expect(/^Groups:\s*(.*\S)\s*$/m.exec(status)?.[1]).to.equal(String(GROUP));
    expect(await ask({})).to.include({ SiteCode: 'ABC' });
    expect(readEngineRecord(site)?.processId).to.equal(note?.processId);
    killIfThere(note?.processId ?? 0);
    await processEnd(note?.processId ?? 0);
  });

  it('says why it could not be asked, and leaves nothing of root', async () => {
    const main = join(lab.home, 'outside', 'main.mjs');
    fs.writeFileSync(main, "process.stderr.write('The disk is upside down.\\n'); process.exit(3);");
    fs.chmodSync(main, 0o644);
    const { errorId, message } = await caughtFrom(ask({ engineCommand: [main, 'engine'] }));
    expect([errorId, message]).to.deep.equal([
      'EngineStartFailed',
      'The engine of site ABC did not start: the relay under its account ended: The disk is upside down.',
    ]);
    expect(lab.found().filter(({ userId }) => userId === 0)).to.deep.equal([]);
  });

  it('names the account in one word of its command line', () => {
    expect(accountWord(ACCOUNT)).to.equal(`${ACCOUNT.userId}:${GROUP}:shared`);
    expect(accountWord({ ...ACCOUNT, isShared: false })).to.equal(`${ACCOUNT.userId}:${GROUP}`);
  });
});
