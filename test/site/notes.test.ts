import { expect } from 'chai';
import fs from 'node:fs';
import { join } from 'node:path';
import type { NewAccess } from '../../server/platform/accounts/accessList.js';
import {
  folderIdentity,
  isOfThisMachine,
  isSameIdentity,
  pipePlaces,
  readEngineRecord,
  writeEngineRecord,
} from '../../server/rpc/enginePlace.js';
import { realSiteEnvironment } from '../../server/site/SiteFolder.js';
import type { SiteFolder } from '../../server/site/SiteFolder.js';
import {
  reasonAgainstAfterSync,
  reasonAgainstProgram,
  vouchedAfterSync,
  vouchForAfterSync,
  vouchForProgram,
} from '../../server/site/afterSyncVoucher.js';
import type { VoucherSystem } from '../../server/site/afterSyncVoucher.js';
import { createSite } from '../../server/site/createSite.js';
import { temporaryFolder } from '../fixtures/temporaryFolder.js';
import {
  ADMINISTRATORS,
  allow,
  answered,
  FULL,
  ME,
  OPERATOR,
  READ,
  STRANGER,
  SYSTEM,
} from '../fixtures/windowsAccounts.js';
import { caughtFrom } from '../rpc/caught.js';

const describeElsewhere = process.platform === 'win32' ? describe.skip : describe;

describeElsewhere('site: the notes in its folder', () => {
  const folder = temporaryFolder();
  let site: SiteFolder;
  beforeEach(async () => {
    site = await createSite({ requestId: 'r', siteCode: 'ABC', path: join(folder(), 'ABC') }, realSiteEnvironment());
  });
  const write = (name: string, value: unknown): void =>
    fs.writeFileSync(join(site.path, name), JSON.stringify(value), { mode: 0o600 });
  const read = (name: string): object => JSON.parse(fs.readFileSync(join(site.path, name), 'utf8')) as object;

  describe('engine.json', () => {
    const first = { processId: 42, address: '/tmp/cms-0-0123456789ab/e.1.sock', generation: 1 };

    it('of 0.1.0, which had no number, is read; the next one has the number 2', async () => {
      write('engine.json', first);
      expect(readEngineRecord(site)).to.deep.equal(first);
      await writeEngineRecord(site, first);
      expect(read('engine.json')).to.deep.equal({
        format: 2,
        ...first,
        account: process.geteuid?.(),
        folder: folderIdentity(site),
      });
      expect(readEngineRecord(site)).to.include(first);
    });

    it('of the same folder is known by every Node.js of Windows, whatever it makes of the volume', () => {
      const same = (one: string, other: string): boolean => isSameIdentity(one, other, 'win32');
      expect([same('3567992900.7', '0.7'), same('25042829380.7', '3567992900.7')]).to.deep.equal([true, true]);
      expect([same('1.7', '2.7'), same('1.7', '1.8'), same('1.7', 'x')]).to.deep.equal([false, false, false]);
      expect(isSameIdentity('1.7', '0.7', 'linux')).to.equal(false);
    });

    it('names a pipe of this machine on Windows, never one of another', () => {
      const isOurs = (address: string): boolean => isOfThisMachine(address, 'win32');
      expect(isOurs('\\\\.\\pipe\\configmgrsync-1')).to.equal(true);
      for (const other of [
        '\\\\host\\pipe\\one',
        '\\\\.\\pipe\\',
        '\\\\.\\pipe\\..\\UNC\\host\\pipe\\one',
        '\\\\?\\UNC\\host\\pipe\\one',
        'C:\\one',
        '/tmp/one',
      ])
        expect(isOurs(other), other).to.equal(false);
      expect(isOfThisMachine('/tmp/e.1.sock', 'linux')).to.equal(true);
    });

    it('leads nowhere on Windows once its process is gone: another one could serve the pipe', () => {
      const looks = (state: 'gone' | 'running'): number => pipePlaces({ ...first, key: 'k' }, () => state).length;
      expect([looks('running'), looks('gone'), pipePlaces(undefined).length]).to.deep.equal([1, 0, 0]);
    });

    it('of a later version, or that names a port, a host or no process, counts as none', () => {
      for (const change of [
        { format: 3 },
        { address: '22' },
        { address: { host: '10.0.0.1', port: 22 } },
        { address: 'e.1.sock' },
        { processId: '../../etc' },
        { generation: null },
      ]) {
        write('engine.json', { ...first, ...change });
        expect(readEngineRecord(site), JSON.stringify(change)).to.equal(undefined);
      }
      write('engine.json', null);
      expect(readEngineRecord(site)).to.equal(undefined);
    });
  });

  describe('aftersync.json', () => {
    const hook = { command: '/opt/tell', arguments: ['a'] };
    const system: VoucherSystem = {
      platform: process.platform,
      env: {},
      run: async () => Promise.reject(new TypeError('no program is needed')),
      ownAccountId: async () => Promise.resolve(String(process.geteuid?.())),
    };
    const reason = async (changes: Partial<SiteFolder> = {}, own = system): Promise<string | undefined> =>
      reasonAgainstAfterSync({ ...site, ...changes }, hook, own);

    it('has a number; one without, as the first had none, counts, one of a later version does not', async () => {
      await vouchForAfterSync(site, hook, system);
      expect(read('aftersync.json')).to.deep.equal({ format: 1, siteGuid: site.siteGuid, ...hook });
      expect(await reason()).to.equal(undefined);
      write('aftersync.json', { siteGuid: site.siteGuid, ...hook });
      expect(await reason()).to.equal(undefined);
      write('aftersync.json', { format: 2, siteGuid: site.siteGuid, ...hook });
      expect(await reason()).to.equal('a newer version set it');
    });

    it('speaks for programs of rules too, beside the command, and not for those that nobody here has set', async () => {
      const shared = { ...site, operators: ['operators'] };
      const isRun = async (program: string, one = site): Promise<boolean> =>
        (await reasonAgainstProgram(one, program, system)) === undefined;
      expect(await vouchForProgram(site, '/opt/a', system)).to.equal(undefined);
      expect(fs.existsSync(join(site.path, 'aftersync.json')), 'a site of one account needs none').to.equal(false);
      await vouchForAfterSync(site, hook, system);
      expect([await isRun('/opt/a'), await isRun('/opt/a', shared)]).to.deep.equal([true, false]);
      await vouchForProgram(shared, '/opt/b', system);
      expect([await isRun('/opt/b', shared), await isRun('/opt/a', shared)]).to.deep.equal([true, false]);
      expect(await reasonAgainstAfterSync(shared, hook, system), 'the command stays').to.equal(undefined);
      await vouchForAfterSync(shared, { ...hook, arguments: [] }, system);
      expect(await isRun('/opt/b', shared), 'the program stays').to.equal(true);
      write('aftersync.json', {});
      fs.chmodSync(join(site.path, 'aftersync.json'), 0o600);
      expect(await isRun('/opt/b'), 'a site that was given away, or restored').to.equal(false);
      expect(await vouchForProgram(site, '/opt/b', system)).to.equal(undefined);
      expect([await isRun('/opt/b'), await isRun('/opt/a')]).to.deep.equal([true, false]);
    });

    it('speaks for one command of one site by one account', async () => {
      await vouchForAfterSync(site, hook, system);
      const other = 'another account than the one that set it changed it';
      expect(await reasonAgainstAfterSync(site, { ...hook, arguments: ['b'] }, system)).to.equal(other);
      expect(await reason({ siteGuid: 'another' })).to.equal(other);
      const elsewhere = { ...system, ownAccountId: async () => Promise.resolve('77') };
      expect(await reason({}, elsewhere)).to.match(/^the account \d+ set it, and this engine runs as 77$/);
      fs.chmodSync(join(site.path, 'aftersync.json'), 0o660);
      expect(await reason()).to.contain('set it, and this engine runs as');
      write('aftersync.json', {});
      fs.chmodSync(join(site.path, 'aftersync.json'), 0o600);
      expect(await reason()).to.equal('the site was given to this account, or restored, after the command was set');
    });

    it('may be missing in a site of one account, as an earlier version left it, and in no other', async () => {
      expect(await reason()).to.equal(undefined);
      expect(await reason({ operators: ['50'] })).to.equal('the account that set it is unknown');
    });

    it('cannot be written by operators on Windows, who are told that the command does not run', async () => {
      const denied = Object.assign(new TypeError('EPERM: no'), { code: 'EPERM' });
      const files = { ...site.files, openHandle: async () => Promise.reject(denied) };
      const vouched = vouchForAfterSync({ ...site, files, operators: ['ops'] }, hook, { ...system, platform: 'win32' });
      const error = await caughtFrom(vouched);
      expect([error.errorId, error.message]).to.satisfy(([id, text]: string[]) => {
        return (
          id === 'SiteFolderNotWritable' && text?.includes('does not run until an account that may write there sets it')
        );
      });
    });

    it('of an administrator counts for the account of a service on Windows, that of another does not', async () => {
      const service = 'S-1-5-19';
      let written: NewAccess | undefined;
      const windows = (owner: string, own: string): VoucherSystem => ({
        platform: 'win32',
        env: {},
        ownAccountId: async () => Promise.resolve(own),
        run: async ({ args, input }) => {
          const given = JSON.parse(input ?? '{}') as { items?: readonly NewAccess[]; paths?: readonly string[] };
          written = given.items?.[0] ?? written;
          const folder = [
            allow(SYSTEM, FULL),
            allow(ADMINISTRATORS, FULL),
            allow(service, FULL),
            allow(OPERATOR, READ),
          ];
          const items = (given.paths ?? []).map((path) => ({ path, owner, entries: folder }));
          const writers = [...(written?.sddl ?? '').matchAll(/;FA;;;([\w-]+)\)/g)].map(([, sid]) => sid);
          const text = fs.readFileSync(join(site.path, 'aftersync.json'), 'utf8');
          const value = args.at(-1) === 'Read-CMSyncVoucher' ? { owner, writers, text } : { own, groups: [], items };
          return Promise.resolve(answered(given.items === undefined ? value : []));
        },
      });
      const shared = { ...site, operators: ['ops'] };
      await vouchForAfterSync(shared, hook, windows(ADMINISTRATORS, ME));
      expect(written?.sddl).to.equal(`D:PAI(A;;FA;;;${SYSTEM})(A;;FA;;;${ADMINISTRATORS})(A;;0x1200a9;;;${service})`);
      expect(await reasonAgainstAfterSync(shared, hook, windows(ADMINISTRATORS, service))).to.equal(undefined);
      expect(await vouchedAfterSync(shared, windows(ADMINISTRATORS, ME))).to.deep.equal(hook);
      await vouchForAfterSync(shared, hook, windows(ME, ME));
      expect(written?.sddl).to.contain(`(A;;FA;;;${ME})(A;;0x1200a9;;;${service})`);
      expect(await reasonAgainstAfterSync(shared, hook, windows(ME, service))).to.contain(`the account ${ME} set it`);
      expect(await vouchedAfterSync(shared, windows(ME, STRANGER))).to.equal(undefined);
    });

    it('is asked for on Windows where the access list has operators, whatever site.json says', async () => {
      const calls: string[] = [];
      const entry = (rights: number, index: number): object => allow(`S-1-5-21-7-7-7-${2000 + index}`, rights);
      const windows = (...rights: readonly number[]): VoucherSystem => ({
        ...system,
        platform: 'win32',
        run: async ({ input }) => {
          calls.push(...(JSON.parse(input ?? '{}') as { paths: string[] }).paths);
          const value = { own: '', groups: [], items: [{ path: site.path, entries: rights.map(entry) }] };
          return Promise.resolve({ code: 0, stdout: JSON.stringify({ value }), stderr: '' });
        },
      });
      const [full, modify, read] = [0x1f01ff, 0x1301bf, 0x1200a9];
      expect(await reason({}, windows(full, full))).to.equal(undefined);
      for (const other of [modify, read])
        expect(await reason({}, windows(full, other, full))).to.equal('the account that set it is unknown');
      expect(calls).to.deep.equal([site.path, site.path, site.path]);
      // A restore has left it; to set the command again is enough.
      write('aftersync.json', {});
      expect(await reason({}, windows(full))).to.contain('or restored, after the command was set');
      await vouchForAfterSync(site, hook, windows(full));
      expect(await reason({}, windows(full))).to.equal(undefined);
      // As a second restore could bring it.
      expect(await reasonAgainstAfterSync(site, { ...hook, command: '/opt/evil' }, windows(full))).to.contain(
        'changed',
      );
    });
  });
});
