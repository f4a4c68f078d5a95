import { expect } from 'chai';
import type { FoundAccess } from '../../server/platform/accounts/accessList.js';
import { windowsDistrust } from '../../server/platform/programTrust.js';
import { fileAccess, ownRootAccess, rootAccess, siteAccess } from '../../server/platform/accounts/windowsAccess.js';
import type { SiteFolder } from '../../server/site/SiteFolder.js';
import { siteTrust, verifyAboveSite, verifySiteFolder, verifySiteRoot } from '../../server/site/siteTrust.js';
import {
  ADMINISTRATORS,
  allow,
  FULL,
  ME,
  MODIFY,
  OPERATOR,
  ours,
  READ,
  STRANGER,
  SYSTEM,
  WindowsAccounts,
} from '../fixtures/windowsAccounts.js';
import { caughtFrom } from '../rpc/caught.js';

const FOLDER = 'C:\\ProgramData\\ConfigMgrSync\\ABC';
const PIPE = `${FOLDER}\\pipe.json`;
const BASE = [allow(SYSTEM, FULL), allow(ADMINISTRATORS, FULL)];

describe('site: whose folder it is on Windows', () => {
  const trust = (...items: readonly FoundAccess[]): ReturnType<typeof siteTrust> =>
    siteTrust({ own: ME, groups: [ADMINISTRATORS], items }, FOLDER);
  const refused = (...items: readonly FoundAccess[]): string | undefined => trust(...items).refused?.reason;

  it('is ours where administrators, this account, or whom they gave full control can write alone', () => {
    const creator = 'S-1-5-21-7-7-7-1009';
    const site = ours(FOLDER, { entries: [...BASE, allow(creator, FULL)] });
    expect(trust(site, ours(PIPE, { owner: creator }))).to.deep.equal({ mayStart: true });
    expect(refused(ours(FOLDER, { owner: ME, entries: [allow(ME, FULL)] }))).to.equal(undefined);
    expect(refused(ours(FOLDER, { owner: 'S-1-5-21-1-2-3-512' }))).to.equal(undefined);
  });

  it('is refused where everybody has full control: nobody is appointed by that', () => {
    const ends = '1-0 2-0 2-1 5-2 5-3 5-4 5-6 5-7 5-11 5-13 5-14 5-15 5-113 5-1000 5-32-545 5-32-546 5-32-547';
    const logons = '5-1 5-64-10 5-64-14 5-64-21 5-82-0 18-1 18-2';
    const more = `${ends} ${logons} 15-2-1 15-2-2 5-80-0 5-21-1-2-3-513 5-21-1-2-3-514 5-21-1-2-3-515`;
    for (const sid of more.split(' ').map((end) => `S-1-${end}`))
      expect(refused(ours(FOLDER, { entries: [...BASE, allow(sid, FULL)] })), sid).to.contain(`${sid} may write there`);
    expect(refused(ours(FOLDER, { entries: [...BASE, allow('S-1-5-21-7-7-7-513', FULL)] }))).to.contain('may write');
  });

  it('is refused where somebody else owns it, whatever its list says', () => {
    expect(refused(ours(FOLDER, { owner: STRANGER }))).to.equal(`it belongs to the account ${STRANGER}`);
    // Full control of a stranger's folder appoints nobody.
    expect(refused(ours(FOLDER, { owner: STRANGER, entries: [...BASE, allow(STRANGER, FULL)] }))).to.contain('belongs');
    expect(refused(ours(FOLDER), ours(PIPE, { owner: STRANGER }))).to.contain('belongs to the account');
  });

  it('is refused where others may write, as operators of earlier versions could', () => {
    const entries = [...BASE, allow(OPERATOR, MODIFY)];
    expect(refused(ours(FOLDER, { entries }))).to.equal(`the account ${OPERATOR} may write there`);
    for (const right of [0x2, 0x4, 0x40, 0x100, 0x10000, 0x40000, 0x80000])
      expect(refused(ours(FOLDER, { entries: [...BASE, allow(STRANGER, READ | right)] })), String(right)).to.contain(
        'may write',
      );
    expect(refused(ours(FOLDER, { entries: [...BASE, allow(OPERATOR, READ)] }))).to.equal(undefined);
    expect(refused(ours(FOLDER, { entries: [...BASE, allow(OPERATOR, FULL, true)] }))).to.equal(undefined);
    const denied = { ...allow(STRANGER, FULL), isAllowed: false };
    expect(refused(ours(FOLDER, { entries: [...BASE, denied] }))).to.equal(undefined);
  });

  it('holds no link, and lets operators put files into Transfer alone', () => {
    const transfer = `${FOLDER}\\Transfer`;
    expect(refused(ours(FOLDER), ours(transfer, { isReparsePoint: true }))).to.contain('a link');
    const adds = [...BASE, allow(OPERATOR, 0x1200ab), allow(OPERATOR, MODIFY, true)];
    expect(refused(ours(FOLDER), ours(transfer, { entries: adds }))).to.equal(undefined);
    expect(refused(ours(FOLDER), ours(`${FOLDER}\\Logs`, { entries: adds }))).to.contain('may write');
    expect(refused(ours(FOLDER), ours(transfer, { entries: [...BASE, allow(OPERATOR, MODIFY)] }))).to.contain(
      'may write',
    );
  });

  it('is refused where others could put another folder in its place, not where they may make one beside it', () => {
    const root = 'C:\\ProgramData\\ConfigMgrSync';
    expect(FOLDER.startsWith(`${root}\\`)).to.equal(true);
    const users = (rights: number): FoundAccess => ours(root, { entries: [...BASE, allow('S-1-5-32-545', rights)] });
    expect(refused(ours(FOLDER), users(READ | 0x2 | 0x4))).to.equal(undefined);
    expect(refused(ours(FOLDER), users(READ | 0x40))).to.contain('S-1-5-32-545 may write');
    expect(refused(ours(FOLDER), ours(root, { owner: STRANGER }))).to.contain(`belongs to the account ${STRANGER}`);
  });

  it('is refused where others could rename a folder further above; a drive is renamed by nobody', () => {
    const above = (path: string, rights: number): string | undefined =>
      refused(ours(FOLDER), ours(path, { entries: [...BASE, allow('S-1-5-11', rights)] }));
    expect(above('C:\\ProgramData', MODIFY)).to.equal(
      'the account S-1-5-11 may write there; the site is below it, and whoever may rename that folder can replace ' +
        'the site',
    );
    expect(above('C:\\ProgramData', READ | 0x2 | 0x4)).to.equal(undefined);
    expect(above('C:\\', MODIFY)).to.equal(undefined);
    expect(above('C:\\', READ | 0x40)).to.contain('may write');
    expect(refused(ours(FOLDER), ours('C:\\ProgramData', { owner: STRANGER }))).to.contain('belongs to');
  });

  it('is refused where its list cannot be read; what has gone meanwhile is no reason', () => {
    expect(refused({ path: FOLDER, reason: 'Access is denied.' })).to.contain('cannot be read (Access is denied)');
    expect(refused(ours(FOLDER), { path: PIPE, isMissing: true })).to.equal(undefined);
    expect(trust(ours(PIPE)).refused?.reason).to.contain('was not read');
  });

  it('is a guest to whoever may only read it', () => {
    const items = [ours(FOLDER, { entries: [...BASE, allow(OPERATOR, READ)] })];
    expect(siteTrust({ own: OPERATOR, groups: ['S-1-5-32-545'], items }, FOLDER)).to.deep.equal({ mayStart: false });
  });

  it('is looked at once, with all that stands in it', async () => {
    const machine = new WindowsAccounts();
    const system = {
      platform: 'win32' as const,
      env: {},
      run: async (call: Parameters<WindowsAccounts['answer']>[0]) =>
        Promise.resolve(machine.answer(call) ?? { code: 1, stdout: '', stderr: 'what?' }),
    };
    const site = {
      path: FOLDER,
      files: { readdirSync: () => ['pipe.json'] },
      use: { as: 'self' },
    } as unknown as SiteFolder;
    expect(await verifySiteFolder(site, system)).to.equal(site);
    machine.groups = [];
    expect((await verifySiteFolder(site, system)).use.as).to.equal('guest');
    machine.found.set(PIPE, { owner: STRANGER });
    const error = await caughtFrom(verifySiteFolder(site, system));
    expect([error.errorId, error.data['path']]).to.deep.equal(['SiteFolderNotTrusted', PIPE]);
    machine.found.delete(PIPE);
    machine.found.set('C:\\ProgramData\\ConfigMgrSync', { owner: STRANGER });
    expect((await caughtFrom(verifySiteFolder(site, system))).data['path']).to.equal('C:\\ProgramData\\ConfigMgrSync');
    machine.found.clear();
    machine.found.set('C:\\ProgramData', { entries: [...BASE, allow('S-1-5-11', MODIFY)] });
    expect((await caughtFrom(verifySiteFolder(site, system))).data['path']).to.equal('C:\\ProgramData');
    expect((await caughtFrom(verifyAboveSite(FOLDER, system))).data['path']).to.equal('C:\\ProgramData');
    machine.found.clear();
    await verifyAboveSite(FOLDER, system);
    expect(await verifySiteFolder(site, { ...system, platform: 'linux' })).to.equal(site);
    const root = 'C:\\ProgramData\\ConfigMgrSync';
    await verifySiteRoot(root, system);
    machine.found.set(root, { entries: [...BASE, allow('S-1-5-32-545', READ | 0x4)] });
    expect((await caughtFrom(verifySiteRoot(root, system))).message).to.contain('S-1-5-32-545 may write there');
  });
});

describe('site: what access lists are given on Windows', () => {
  it('are those of the owners, with reading operators who put packages into Transfer', () => {
    expect(siteAccess(FOLDER, { owners: [ME, SYSTEM], operators: [] })).to.deep.equal([
      { path: FOLDER, sddl: `D:PAI(A;OICI;FA;;;${SYSTEM})(A;OICI;FA;;;${ADMINISTRATORS})(A;OICI;FA;;;${ME})` },
    ]);
    const [site, transfer, keeper] = siteAccess(FOLDER, { owners: [], operators: [OPERATOR, OPERATOR] });
    expect(site?.sddl).to.match(/\(A;OICI;0x1200a9;;;S-1-5-21-7-7-7-1003\)$/);
    expect(transfer?.path).to.equal(`${FOLDER}\\Transfer`);
    expect(transfer?.sddl).to.contain(`(A;;0x1200ab;;;${OPERATOR})(A;OIIO;0x1301bf;;;${OPERATOR})`);
    expect(keeper?.sddl).to.contain(`(A;;0x1200a9;;;${OPERATOR})`).and.not.to.contain('0x1301bf');
  });

  it('let users see the folder of all sites and make nothing there', () => {
    expect(rootAccess('C:\\R').sddl).to.equal(
      `O:BAD:PAI(A;OICI;FA;;;${SYSTEM})(A;OICI;FA;;;${ADMINISTRATORS})(A;;0x1200a9;;;S-1-5-32-545)`,
    );
    expect(ownRootAccess('C:\\R', ME).sddl).to.equal(
      `D:PAI(A;OICI;FA;;;${SYSTEM})(A;OICI;FA;;;${ADMINISTRATORS})(A;OICI;FA;;;${ME})`,
    );
    const base = `D:PAI(A;;FA;;;${SYSTEM})(A;;FA;;;${ADMINISTRATORS})`;
    expect(fileAccess('f', { writers: [ME], readers: [ME] }).sddl).to.equal(`${base}(A;;FA;;;${ME})`);
    expect(fileAccess('f', { writers: [], readers: [SYSTEM, ME] }).sddl).to.equal(`${base}(A;;0x1200a9;;;${ME})`);
  });
});

describe('site: programs of a service on Windows', () => {
  const node = 'C:\\nodejs\\node.exe';
  const folders = ['C:\\nodejs', 'C:\\Program Files\\P'];
  const system = { name: 'SYSTEM', id: SYSTEM };
  const distrust = (found: FoundAccess, account = system): string | undefined =>
    windowsDistrust(found, account, folders);

  it('are those that only administrators can change', () => {
    expect(distrust(ours(node))).to.equal(undefined);
    expect(distrust(ours(node, { owner: STRANGER }))).to.contain('belongs to');
    const authenticated = 'S-1-5-11';
    expect(distrust(ours('C:\\nodejs', { entries: [...BASE, allow(authenticated, MODIFY)] }))).to.contain('may write');
    expect(distrust(ours('C:\\nodejs\\x.dll', { entries: [...BASE, allow(authenticated, MODIFY)] }))).to.contain(
      'may write',
    );
    // On a drive everybody may make folders: that exchanges nothing.
    expect(distrust(ours('C:\\', { entries: [...BASE, allow(authenticated, 0x4)] }))).to.equal(undefined);
    expect(distrust(ours('C:\\', { entries: [...BASE, allow(authenticated, 0x40)] }))).to.contain('may write');
    const installer = 'S-1-5-80-956008885-3418522649-1831038044-1853292631-2271478464';
    expect(distrust(ours('C:\\Program Files', { owner: installer }))).to.equal(undefined);
  });

  it('may be those of an account of one, not of the accounts that services share', () => {
    const svc = { name: 'CONTOSO\\svc', id: STRANGER };
    expect(distrust(ours(node, { owner: STRANGER }), svc)).to.equal(undefined);
    const shared = { name: 'LOCAL SERVICE', id: 'S-1-5-19' };
    expect(distrust(ours(node, { owner: 'S-1-5-19' }), shared)).to.contain('belongs to');
  });
});
