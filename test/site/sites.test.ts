import { expect } from 'chai';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { basename, join } from 'node:path';
import { SyncError } from '../../server/errors/SyncError.js';
import type { ProgramCall, ProgramEnd } from '../../server/platform/runProgram.js';
import { realSiteEnvironment } from '../../server/site/SiteFolder.js';
import type { SiteEnvironment } from '../../server/site/SiteFolder.js';
import { createSite } from '../../server/site/createSite.js';
import { groupIdIn } from '../../server/site/grantAccess.js';
import { openSite, refuseShut } from '../../server/site/openSite.js';
import { resolveSite } from '../../server/site/resolveSite.js';
import { checkSiteCode, siteFolderName } from '../../server/site/siteCode.js';
import { isRootOnWindows, listSites, siteRoot } from '../../server/site/siteRoot.js';
import { allow, ME, MODIFY, OPERATOR, STRANGER, WindowsAccounts } from '../fixtures/windowsAccounts.js';
import { caughtFrom } from '../rpc/caught.js';

describe('site', () => {
  let home: string;
  let environment: SiteEnvironment;
  beforeEach(() => {
    home = mkdtempSync(join(tmpdir(), 'cms-site-'));
    environment = { ...realSiteEnvironment(), env: { CONFIGMGRSYNC_HOME: home } };
  });
  afterEach(() => rmSync(home, { recursive: true, force: true }));
  const make = (siteCode: string, more: object = {}) =>
    createSite({ requestId: `r-${siteCode}`, siteCode, ...more }, environment);
  const mode = (path: string): number => statSync(path).mode & 0o7777;

  it('makes a folder with everything in it, for this account alone', async () => {
    const site = await make('abc', { siteName: 'Test' });
    expect([site.siteCode, site.siteName, site.type]).to.deep.equal(['ABC', 'Test', 'Primary']);
    expect(site.secret).to.match(/^[\da-f]{64}$/);
    expect(site.pipeName).to.match(/^configmgrsync-[\da-f]{32}$/);
    expect(readdirSync(site.path).sort()).to.deep.equal([
      'Logs',
      'Transfer',
      'database',
      'documents',
      'pipe.json',
      'site.json',
    ]);
    expect(readdirSync(home)).to.deep.equal(['ABC']);
    if (process.platform === 'win32') return;
    expect([mode(site.path), mode(join(site.path, 'pipe.json')), mode(join(site.path, 'Logs'))]).to.deep.equal([
      0o700, 0o600, 0o700,
    ]);
  });

  it('shares it with a group of operators', async () => {
    if (process.platform === 'win32') return;
    const isRoot = userInfo().uid === 0;
    const operators = [String(isRoot ? 41_900 : userInfo().gid)];
    if (isRoot) expect((await caughtFrom(make('ABC', { operators }))).errorId).to.equal('SiteAccountNeeded');
    const site = await make('ABC', { operators, ...(isRoot ? { account: '41001' } : {}) });
    for (const name of ['.', 'database', 'documents', 'Logs', 'Transfer'])
      expect(mode(join(site.path, name)), name).to.equal(0o2770);
    for (const name of ['pipe.json', 'site.json']) expect(mode(join(site.path, name)), name).to.equal(0o660);
    const { uid, gid } = statSync(join(site.path, 'database'));
    expect([uid, String(gid)]).to.deep.equal([isRoot ? 41_001 : userInfo().uid, operators[0]]);
    expect((await caughtFrom(make('DEF', { operators: ['no-such-group'] }))).message).to.contain('no-such-group');
    expect(groupIdIn('root:x:0:\nwsus:x:107:a,b\n', 'wsus')).to.equal(107);
  });

  describe('on Windows', () => {
    const calls: ProgramCall[] = [];
    let machine: WindowsAccounts;
    let refusal: ProgramEnd | undefined;
    let whoami: ProgramEnd;
    let level: string;
    beforeEach(() => {
      calls.length = 0;
      machine = new WindowsAccounts();
      refusal = undefined;
      level = '"S-1-16-8192"';
      whoami = { code: 0, stdout: `"vm\\me","${ME}"\r\n`, stderr: '' };
      environment = {
        ...environment,
        platform: 'win32',
        userId: undefined,
        env: { ...environment.env, SystemRoot: 'D:\\Windows' },
        run: (call) => {
          calls.push(call);
          if (call.args.includes('/groups')) return Promise.resolve({ ...whoami, stdout: level });
          return Promise.resolve(call.input === undefined ? whoami : (refusal ?? machine.answer(call) ?? whoami));
        },
      };
    });

    it('makes the folder of all sites for administrators alone, and each site for its own', async () => {
      const root = join(home, 'root');
      level = '"S-1-16-12288"';
      environment = { ...environment, env: { ...environment.env, CONFIGMGRSYNC_HOME: root } };
      const site = await make('ABC', { operators: ['CONTOSO\\ops'] });
      expect(calls[0]?.command).to.equal('D:\\Windows\\System32\\WindowsPowerShell\\v1.0\\powershell.exe');
      const [first, folder, transfer, keeper] = machine.written;
      expect(first).to.deep.include({ path: root });
      expect(first?.sddl).to.match(/^O:BAD:PAI/);
      expect(folder?.sddl).to.contain(ME).and.to.contain(`(A;OICI;0x1200a9;;;${OPERATOR})`);
      expect(transfer?.path).to.match(/Transfer$/);
      expect(keeper?.path).to.match(/\.folder$/);
      expect(readdirSync(join(site.path, 'Transfer'))).to.deep.equal(['.folder']);
      await make('DEF');
      expect(machine.written.filter(({ path }) => path === root)).to.have.length(1);
    });

    it('makes a chosen folder of all sites for who is no administrator, leaves none that it cannot give', async () => {
      const root = join(home, 'own');
      environment = { ...environment, env: { ...environment.env, CONFIGMGRSYNC_HOME: root } };
      refusal = { code: 1, stdout: '{"error":"No."}', stderr: '' };
      await caughtFrom(make('ABC'));
      expect(readdirSync(home)).to.deep.equal([]);
      refusal = undefined;
      await make('ABC', { path: join(root, 'ABC') });
      const [first] = machine.written;
      expect(first).to.deep.include({ path: root });
      expect(first?.sddl)
        .to.match(/^D:PAI/)
        .and.to.contain(ME);
    });

    it('refuses a folder of all sites that somebody else made, or others may write in', async () => {
      machine.found.set(home, { owner: STRANGER });
      const error = await caughtFrom(make('ABC'));
      expect([error.errorId, error.data['path']]).to.deep.equal(['SiteFolderNotTrusted', home]);
      expect(readdirSync(home)).to.deep.equal([]);
    });

    it('makes the folders above that are missing, the first of them for administrators', async () => {
      level = '"S-1-16-12288"';
      const first = join(home, 'Sites');
      await make('ABC', { path: join(first, 'Europe', 'ABC') });
      expect(machine.written.map(({ path }) => path)[0]).to.equal(first);
      expect(machine.written[0]?.sddl).to.match(/^O:BAD:PAI/);
      expect(machine.written).to.have.length(2);
      await make('DEF', { path: join(first, 'Europe', 'DEF') });
      expect(machine.written.filter(({ path }) => path === first)).to.have.length(1);
      // Somebody was faster than its list.
      const other = join(home, 'Other');
      machine.onWrite = () => mkdirSync(join(other, 'Europe'), { recursive: true });
      const error = await caughtFrom(make('GHI', { path: join(other, 'Europe', 'GHI') }));
      expect([error.errorId, error.data['path']]).to.deep.equal(['SiteFolderNotTrusted', other]);
    });

    it('makes none in a folder that others may rename', async () => {
      const parent = join(home, 'open');
      mkdirSync(parent);
      machine.found.set(parent, { entries: [allow('S-1-5-11', MODIFY)] });
      const error = await caughtFrom(make('ABC', { path: join(parent, 'ABC') }));
      expect([error.errorId, error.data['path']]).to.deep.equal(['SiteFolderNotTrusted', parent]);
      expect(readdirSync(parent)).to.deep.equal([]);
    });

    it('names an operator that is not known', async () => {
      const error = await caughtFrom(make('ABC', { operators: ['CONTOSO\\ops', 'CONTOSO\\nobody'] }));
      expect(error.errorId).to.equal('InvalidRequest');
      expect(error.message).to.contain('the operator CONTOSO\\nobody is not known: It could not be translated');
    });

    it('says why a folder could not be given, and leaves nothing', async () => {
      const path = join(home, 'elsewhere', 'ABC');
      refusal = { code: 1, stdout: '{"error":"Attempted to perform an unauthorized operation."}', stderr: '' };
      expect((await caughtFrom(make('ABC', { path }))).message).to.contain('Attempted to perform an unauthorized');
      whoami = { code: 127, stdout: '', stderr: 'spawn ENOENT' };
      expect((await caughtFrom(make('ABC'))).message).to.contain('whoami: spawn ENOENT');
      expect(readdirSync(home)).to.deep.equal([]);
    });
  });

  it('is not found under a folder of another name', async () => {
    const site = await make('ABC');
    cpSync(site.path, join(home, 'AAA'), { recursive: true });
    expect((await listSites(environment)).map(({ path }) => path)).to.deep.equal([site.path]);
  });

  it('gives the same site for the same request, and refuses a second one', async () => {
    const site = await make('ABC');
    expect((await make('ABC')).siteGuid).to.equal(site.siteGuid);
    expect((await caughtFrom(createSite({ requestId: 'other', siteCode: 'ABC' }, environment))).errorId).to.equal(
      'SiteExists',
    );
  });

  it('refuses folders that somebody prepared', async () => {
    const target = join(home, 'ABC');
    mkdirSync(target);
    if (process.platform !== 'win32') {
      chmodSync(target, 0o777);
      expect((await caughtFrom(make('ABC'))).errorId).to.equal('SiteFolderNotTrusted');
      chmodSync(target, 0o700);
      const stranger = { ...environment, userId: 4711 };
      expect((await caughtFrom(createSite({ requestId: 'x', siteCode: 'ABC' }, stranger))).message).to.contain(
        'belongs to the user',
      );
      chmodSync(home, 0o777);
      expect((await caughtFrom(make('ABC'))).errorId).to.equal('SiteFolderNotTrusted');
      chmodSync(home, 0o700);
      symlinkSync(target, join(home, 'LNK'));
      expect((await caughtFrom(make('LNK'))).errorId).to.equal('SiteFolderNotTrusted');
    }
    writeFileSync(join(target, 'x'), '');
    expect((await caughtFrom(make('ABC'))).errorId).to.equal('SiteExists');
    rmSync(join(target, 'x'));
    expect((await make('ABC')).siteCode).to.equal('ABC');
  });

  it('refuses codes and types that cannot be, and leaves nothing behind', async () => {
    for (const code of ['AB', 'ABCD', 'A-C', 'sms', 'Con', 'ÄBC', '../'])
      expect(() => checkSiteCode(code), code).to.throw('is not valid');
    expect((await caughtFrom(make('ABC', { type: 'Secondary' }))).errorId).to.equal('SiteTypeUnsupported');
    writeFileSync(join(home, 'file'), '');
    expect((await caughtFrom(make('ABC', { path: join(home, 'file', 'ABC') }))).errorId).to.equal(
      'SiteFolderNotWritable',
    );
    expect(readdirSync(home)).to.deep.equal(['file']);
  });

  it('opens only site folders', async () => {
    expect((await caughtFrom(openSite(join(home, 'no')))).message).to.contain('it does not exist');
    mkdirSync(join(home, 'ABC'));
    expect((await caughtFrom(openSite(join(home, 'ABC')))).message).to.contain('site.json is missing');
    writeFileSync(join(home, 'ABC', 'site.json'), '{');
    expect((await caughtFrom(openSite(join(home, 'ABC')))).message).to.contain('site.json cannot be read');
    writeFileSync(join(home, 'ABC', 'site.json'), '{}');
    expect((await caughtFrom(openSite(join(home, 'ABC')))).message).to.contain('site.json has no siteCode');
  });

  it('finds the site that is meant', async () => {
    expect((await caughtFrom(resolveSite(environment))).errorId).to.equal('SiteNotFound');
    const abc = await make('ABC');
    expect((await resolveSite(environment)).siteCode).to.equal('ABC');
    const xyz = await make('XYZ');
    const ambiguous = await caughtFrom(resolveSite(environment));
    expect(ambiguous.message).to.contain(`ABC in ${abc.path}, XYZ in ${xyz.path}`);
    expect((await resolveSite({ ...environment, siteCode: 'xyz' })).path).to.equal(xyz.path);
    expect((await resolveSite({ ...environment, sitePath: abc.path })).siteCode).to.equal('ABC');
    expect(
      (await resolveSite({ ...environment, env: { ...environment.env, CONFIGMGRSYNC_SITE: xyz.path } })).siteCode,
    ).to.equal('XYZ');
    expect(
      (await resolveSite({ ...environment, env: { ...environment.env, CONFIGMGRSYNC_SITE: 'ABC' } })).siteCode,
    ).to.equal('ABC');
    expect((await caughtFrom(resolveSite({ ...environment, siteCode: 'QQQ' }))).message).to.contain('Known sites: ABC');
    mkdirSync(join(home, 'other'));
    expect((await listSites(environment)).map((site) => site.siteCode)).to.deep.equal(['ABC', 'XYZ']);
    expect(existsSync(join(home, 'other'))).to.equal(true);
  });

  it('names why one that is there may not be used, where it is meant', async () => {
    const { path } = await make('ABC');
    chmodSync(path, 0o777);
    for (const choice of [{}, { siteCode: 'abc' }])
      expect((await caughtFrom(resolveSite({ ...environment, ...choice }))).errorId).to.equal('SiteFolderNotTrusted');
    expect((await caughtFrom(resolveSite({ ...environment, siteCode: 'QQQ' }))).errorId).to.equal('SiteNotFound');
    expect(await listSites(environment)).to.deep.equal([]);
    const other = await make('XYZ');
    expect((await resolveSite(environment)).path).to.equal(other.path);
  });

  it('tells on Windows whom a folder is for that shuts this account out', () => {
    for (const code of ['EPERM', 'EACCES'])
      expect(() => refuseShut('C:\\S\\ABC', Object.assign(new Error(code), { code }), 'win32')).to.throw(
        'This account may not use the site folder C:\\S\\ABC. It is for administrators in an elevated session',
      );
    refuseShut('C:\\S\\ABC', Object.assign(new Error('x'), { code: 'ENOENT' }), 'win32');
    refuseShut(home, Object.assign(new Error('x'), { code: 'EPERM' }), 'linux');
    const shut = Object.assign(new Error('x'), { code: 'EACCES' });
    expect(() => refuseShut(home, shut, 'linux')).to.throw('It is for the user');
  });

  it('keeps sites where the platform keeps such things', () => {
    expect(siteRoot({ env: {}, platform: 'linux', homeFolder: '/home/a' })).to.equal(
      '/home/a/.local/state/configmgrsync',
    );
    expect(siteRoot({ env: { XDG_STATE_HOME: '/s' }, platform: 'darwin', homeFolder: '/home/a' })).to.equal(
      '/s/configmgrsync',
    );
    expect(siteRoot({ env: { ProgramData: 'D:\\Data' }, platform: 'win32', homeFolder: 'x' })).to.equal(
      'D:\\Data\\ConfigMgrSync',
    );
    expect(siteRoot({ env: { CONFIGMGRSYNC_HOME: '/h' }, platform: 'win32', homeFolder: 'x' })).to.equal('/h');
    const root = { env: { ProgramData: 'D:\\Data' }, platform: 'win32' as const, homeFolder: 'x' };
    expect(isRootOnWindows('d:/data/configmgrsync', root), 'however it is written').to.equal(true);
    expect(isRootOnWindows('D:\\Data', root)).to.equal(false);
  });
});

describe('site: folders of software update points', () => {
  it('are named by code and server, and a code means the site', () => {
    expect(siteFolderName({ siteCode: 'ABC', serverName: 'sup 2.contoso.com.', type: 'SoftwareUpdatePoint' })).to.equal(
      'ABC_sup_2.contoso.com',
    );
    expect(siteFolderName({ siteCode: 'ABC', serverName: 'x', type: 'Secondary' })).to.equal('ABC');
  });

  it('are found by their name, by the code where nothing else has it, and not in the place of the site', async () => {
    const home = mkdtempSync(join(tmpdir(), 'cms-points-'));
    const env = { ...realSiteEnvironment(), env: { CONFIGMGRSYNC_HOME: home } };
    const point = (serverName: string): Parameters<typeof createSite>[2] => ({
      parentSiteCode: 'ABC',
      role: 'SoftwareUpdatePoint',
      join: async () => Promise.resolve({ type: 'SoftwareUpdatePoint', parentRecord: `{"of":"${serverName}"}` }),
    });
    const make = async (serverName: string): Promise<unknown> =>
      createSite({ requestId: serverName, siteCode: 'ABC', serverName }, env, point(serverName));
    const found = async (siteCode: string): Promise<string> => basename((await resolveSite({ ...env, siteCode })).path);
    await make('sup2');
    expect(await found('abc')).to.equal('ABC_sup2');
    await make('sup3');
    expect((await caughtFrom(found('ABC'))).errorId).to.equal('SiteAmbiguous');
    expect(await found('ABC_SUP3')).to.equal('ABC_sup3');
    await createSite({ requestId: 'site', siteCode: 'ABC' }, env);
    expect([await found('ABC'), (await resolveSite({ ...env, siteCode: 'ABC_sup2' })).parentSiteCode]).to.deep.equal([
      'ABC',
      'ABC',
    ]);
    const refused = {
      ...point('sup4'),
      join: async () => Promise.reject(new SyncError('JoinTokenRefused', { site: 'ABC' })),
    } as Parameters<typeof createSite>[2];
    expect(
      (await caughtFrom(createSite({ requestId: 'sup4', siteCode: 'ABC', serverName: 'sup4' }, env, refused))).errorId,
    ).to.equal('JoinTokenRefused');
    expect(readdirSync(home).sort()).to.deep.equal(['ABC', 'ABC_sup2', 'ABC_sup3']);
    rmSync(home, { recursive: true });
  });
});
