import { expect } from 'chai';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Notification, NotificationSetRequest } from '../../server/contract/generated/types.js';
import { notificationBelow } from '../../server/link/fanOut/inheritedNotification.js';
import { stateFor } from '../../server/link/reportForm.js';
import { notificationSecrets } from '../../server/notify/notificationSecrets.js';
import { realSealer } from '../../server/platform/sealSecret.js';
import { folderFiles } from '../../server/platform/files/folderFiles.js';
import { writeSecrets } from '../../server/site/siteSecrets.js';
import { newRequestId } from '../engine/TestSite.js';
import { rejectionOf } from '../fixtures/rejection.js';
import { temporaryFolder } from '../fixtures/temporaryFolder.js';
import { Tree, type TreeSite, until } from './Tree.js';

describe('How the sites below send alerts', () => {
  const folder = temporaryFolder();
  let tree: Tree;
  let top: TreeSite;
  let primary: TreeSite;
  beforeEach(async () => {
    tree = new Tree(folder());
    top = await tree.top();
    primary = await tree.node(top, { id: 1, siteCode: 'PS1', serverName: 'ps1.test' });
  });
  afterEach(async () => tree.close());

  const set = async ({ site }: TreeSite, given: Partial<NotificationSetRequest>): Promise<Notification> =>
    (await site.service['notification/set']({ requestId: newRequestId(), ...given }, site.request())).notification;
  const get = async ({ site }: TreeSite): Promise<Notification> => site.service['notification/get']({}, site.request());
  const server = { smtpServer: 'mail.test', smtpPort: 465, smtpSecurity: 'Tls', sender: 'top@mail.test' } as const;
  const login = { userName: 'sync', smtpPassword: 'geheim' } as const;
  const inherits = async (site: TreeSite, from: string): Promise<void> =>
    until(async () => (await get(site)).InheritedFrom === from);
  const passwordOf = async ({ site }: TreeSite): Promise<string | undefined> =>
    notificationSecrets(site.context.site, realSealer()).smtpPassword(true);

  it('is that of the parent through every level, with the password, which nobody stores in the clear', async () => {
    const secondary = await tree.node(primary, { id: 1, siteCode: 'SS1', serverName: 'ss1.test', type: 'Secondary' });
    await set(top, { ...server, ...login, digestMinutes: 9 });
    await inherits(secondary, 'PS1');
    const shown = { SmtpServer: 'mail.test', SmtpPort: 465, SmtpSecurity: 'Tls', Sender: 'top@mail.test' };
    const whole = { ...shown, UserName: 'sync', DigestMinutes: 9, HasPassword: true };
    expect(await get(primary)).to.include({ ...whole, InheritedFrom: 'CS1' });
    expect(await get(secondary)).to.include({ ...whole, InheritedFrom: 'PS1' });
    expect([await passwordOf(primary), await passwordOf(secondary)]).to.deep.equal(['geheim', 'geheim']);
    for (const { site } of [top, primary])
      expect(JSON.stringify(await site.database.setting('hierarchy.settings')))
        .to.contain('mail.test')
        .and.not.contain('geheim');
    expect(top.site.lines.join()).to.not.contain('geheim');
    await set(top, { smtpPassword: 'neu' });
    await until(async () => (await passwordOf(secondary)) === 'neu');
    await set(top, { smtpServer: '', userName: '' });
    await until(async () => (await get(secondary)).SmtpServer === '');
    expect(await passwordOf(secondary)).to.equal('');
    const file = readFileSync(join(secondary.site.context.site.path, 'secrets.json'), 'utf8');
    expect(file).to.not.contain('geheim').and.not.contain('"neu"');
  });

  it('is their own where they have a mail server, none where they say so, and that of the parent again', async () => {
    await set(top, { ...server, ...login });
    await inherits(primary, 'CS1');
    expect(await rejectionOf(set(primary, { smtpPort: 25 }))).to.equal('ContradictoryParameters');
    expect(await rejectionOf(set(primary, { inherit: true, sender: 'x@mail.test' }))).to.equal(
      'ContradictoryParameters',
    );
    expect(await rejectionOf(set(top, { inherit: true }))).to.equal('ContradictoryParameters');
    const named = await set(primary, { sender: 'ps1@mail.test', digestMinutes: 0 });
    expect(named).to.include({ InheritedFrom: 'CS1', Sender: 'ps1@mail.test', DigestMinutes: 0, UserName: 'sync' });
    const own = await set(primary, { smtpServer: 'own.test', sender: 'ps1@own.test' });
    expect(own).to.include({
      InheritedFrom: '',
      SmtpServer: 'own.test',
      SmtpPort: 587,
      UserName: '',
      HasPassword: false,
    });
    expect(await set(primary, { smtpServer: '' })).to.include({ InheritedFrom: '', SmtpServer: '' });
    const again = await set(primary, { inherit: true });
    expect(again).to.include({ InheritedFrom: 'CS1', Sender: 'top@mail.test', HasPassword: true });
  });

  it('is not a server on the machine of the parent, and not told to software update points', async () => {
    const point = await tree.node(top, {
      id: 2,
      siteCode: 'CS1',
      serverName: 'sup2.test',
      role: 'SoftwareUpdatePoint',
    });
    await set(top, { ...server, ...login });
    await inherits(primary, 'CS1');
    await set(top, { smtpServer: 'localhost', smtpSecurity: 'None', userName: '' });
    await inherits(primary, '');
    expect((await get(primary)).SmtpServer).to.equal('');
    await top.site.hierarchy.stop();
    const told = top.links.told.filter(({ node }) => node === 2).map(({ state }) => state);
    expect(told).to.not.have.length(0);
    expect(JSON.stringify(told)).to.not.contain('mail.test').and.not.contain('geheim');
    expect(await get(point)).to.include({ SmtpServer: '', InheritedFrom: '' });
  });

  it('comes once the link is of version 3, also with settings that were handled before', async () => {
    await set(top, { ...server, ...login });
    await inherits(primary, 'CS1');
    const whole = top.links.told.at(-1)?.state;
    if (whole === undefined) throw new Error('nothing was told');
    const { notification, ...settings } = whole.settings;
    const { smtpPassword: _password, ...rest } = whole;
    expect(stateFor(2, whole)).to.deep.equal({ ...rest, settings });
    expect(stateFor(3, whole)).to.equal(whole);
    expect(notification?.smtpServer).to.equal('mail.test');
    primary.link?.deliver(stateFor(2, whole));
    await inherits(primary, '');
    primary.link?.deliver(whole);
    await inherits(primary, 'CS1');
    expect(await passwordOf(primary)).to.equal('geheim');
  });

  it('is made whole where the password is missing, as after a restore without the keys', async () => {
    await set(top, { ...server, ...login });
    await inherits(primary, 'CS1');
    await writeSecrets(primary.site.context.site, { inheritedSmtpPassword: '' }, realSealer());
    const whole = top.links.told.at(-1)?.state;
    if (whole === undefined) throw new Error('nothing was told');
    primary.link?.deliver(whole);
    await until(async () => (await passwordOf(primary)) === 'geheim');
    const { smtpPassword: _unreadable, ...without } = whole;
    primary.link?.deliver(without);
    primary.link?.deliver(whole);
    await primary.site.hierarchy.stop();
    expect(await passwordOf(primary)).to.equal('geheim');
    const { lines } = primary.site;
    expect(lines.filter((line) => line.includes('of the parent site CS1'))).to.have.length.at.most(3);
  });

  it('opens the password once for any number of sites', async () => {
    await set(top, { ...server, ...login });
    await inherits(primary, 'CS1');
    const { context } = top.site;
    const { settings, settingsVersion } = top.links.told.at(-1)?.state ?? {};
    if (settings === undefined || settingsVersion === undefined) throw new Error('nothing was told');
    let opened = 0;
    const files = folderFiles(context.site.path);
    const counting = { ...files, readFileSync: (path: string) => ((opened += 1), files.readFileSync(path)) };
    const stateOfNode = notificationBelow({ ...context, site: { ...context.site, files: counting } });
    for (let node = 0; node < 3; node += 1)
      expect(await stateOfNode({ role: 'Site' }, { settings, settingsVersion })).to.include({ smtpPassword: 'geheim' });
    expect(opened).to.equal(1);
  });
});
