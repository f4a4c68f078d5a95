import { expect } from 'chai';
import { randomUUID } from 'node:crypto';
import fs from 'node:fs';
import { join } from 'node:path';
import { AccountLab } from './AccountLab.js';
import { ACCOUNTS, GROUP, whyNoAccounts } from './accounts.js';
import type { Session } from '../Session.js';

const { root, owner, operator } = ACCOUNTS;
const because = whyNoAccounts();

/** A shared site as versions before 0.2.0 have left it: its folders do not hand their group down. */
(because === '' ? describe : describe.skip)(`neighbour: a site that was shared earlier${because}`, function () {
  let lab: AccountLab;
  let ofRoot: Session;
  beforeEach(async () => {
    lab = new AccountLab();
    ofRoot = await lab.session(root);
    const shared = { operators: [String(GROUP)], account: String(owner.userId) };
    await ofRoot.request('site/new', { requestId: randomUUID(), siteCode: 'ABC', path: lab.site, ...shared });
    for (const name of ['database', 'documents', 'Logs', 'Transfer']) fs.chmodSync(join(lab.site, name), 0o770);
    leave('Logs/engine.log', owner.userId);
  });
  afterEach(async () => lab.remove());

  /** A file as an engine of an account made it there: it has the group of the account. */
  function leave(name: string, userId: number): void {
    fs.writeFileSync(join(lab.site, name), 'earlier\n', { mode: 0o600 });
    fs.chownSync(join(lab.site, name), userId, userId);
  }

  it('is put right when root or its owner starts the engine; operators can work then, files keep owners', async () => {
    await ofRoot.request('site/get', {});
    for (const { name, groupId, mode, isFolder, userId } of lab.found()) {
      expect([userId, groupId], name).to.deep.equal([owner.userId, GROUP]);
      expect(mode.toString(8), name).to.equal(isFolder ? '2770' : '660');
    }
    expect(fs.readFileSync(join(lab.site, 'Logs', 'engine.log'), 'utf8')).to.contain('earlier\n');
    const ofOperator = await lab.session(operator, lab.site);
    await ofOperator.request('engine/stop', { requestId: randomUUID() });
    expect(await ofOperator.outcome('status/get', {})).to.equal('done');
    expect(lab.engine.account).to.equal(operator.userId);
  });

  it('tells an operator who comes first which command puts it right, and changes nothing', async () => {
    const before = lab.found();
    const ofOperator = await lab.session(operator, lab.site);
    const { errorId, message, nextStep } = await ofOperator.refusal('status/get', {});
    expect(errorId).to.equal('SiteSharingIncomplete');
    expect(message).to.contain(`The group ${GROUP} cannot use all of the site folder ${lab.site}`);
    expect(nextStep).to.contain(`the user ${owner.userId} or root`).and.contain('Get-CMSoftwareUpdateSyncStatus');
    const verb = await lab.verb(operator, ['status', '--site-path', lab.site]);
    expect(verb.err).to.contain(`configmgrsync status --site-path ${lab.site}`);
    expect(lab.found()).to.deep.equal(before);
  });

  it('tells its owner what root has to do where operators have files of their own group in it', async () => {
    leave('Logs/wsyncmgr.log', operator.userId);
    const { errorId, nextStep } = await ofRoot.refusal('status/get', {});
    expect([errorId, nextStep.includes('Install-CMSyncService -Account')]).to.deep.equal([
      'SiteSharingIncomplete',
      true,
    ]);
    expect(fs.statSync(lab.site).mode & 0o7777).to.equal(0o2770);
  });
});
