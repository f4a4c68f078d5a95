import { expect } from 'chai';
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  type AccountsOptions,
  findAccount,
  isAdministrator,
  ownAccountId,
} from '../../server/platform/accounts/accounts.js';
import { checkPrograms, lookedDistrust } from '../../server/platform/programTrust.js';
import { runProgram } from '../../server/platform/runProgram.js';
import { temporaryFolder } from '../fixtures/temporaryFolder.js';
import { caughtFrom } from '../rpc/caught.js';
import { skipBecause } from '../fixtures/skipBecause.js';

const saying =
  (stdout: string, code = 0, stderr = ''): AccountsOptions['run'] =>
  async () =>
    Promise.resolve({ code, stdout, stderr });
const windows = (run: AccountsOptions['run']): AccountsOptions => ({
  platform: 'win32',
  env: {},
  run,
  userId: undefined,
});
const here: AccountsOptions = {
  platform: process.platform,
  env: process.env,
  run: runProgram,
  userId: process.getuid?.(),
};
const unused: AccountsOptions['run'] = async () => Promise.reject(new Error('nothing is run'));

describe('platform: accounts', () => {
  it('knows the accounts of Windows itself in every spelling, without asking', async () => {
    for (const name of ['SYSTEM', 'LocalSystem', 'nt authority\\system', 'S-1-5-18', '.\\LocalSystem'])
      expect((await findAccount(name, windows(unused))).id, name).to.equal('S-1-5-18');
    expect((await findAccount('NetworkService', windows(unused))).id).to.equal('S-1-5-20');
  });

  it('asks Windows for the SID of others', async () => {
    const found = saying('{"value":[{"sid":"S-1-5-21-1-2","name":"VM\\\\svc"}]}');
    expect(await findAccount('.\\svc', windows(found))).to.deep.equal({ name: 'VM\\svc', id: 'S-1-5-21-1-2' });
    for (const [answer, code] of [
      ['{"value":[{"reason":"Some identity references could not be translated."}]}', 0],
      ['{"error":"Some identity references could not be translated."}', 1],
    ] as const)
      expect((await caughtFrom(findAccount('nobody', windows(saying(answer, code))))).message).to.contain(
        'nobody cannot be used: Some identity references could not be translated.',
      );
    expect(await ownAccountId(windows(saying('"vm\\j","S-1-5-21-7"\r\n')))).to.equal('S-1-5-21-7');
    expect([
      await isAdministrator(windows(saying('"x","Label","S-1-16-12288",""'))),
      await isAdministrator(windows(saying('"x","Label","S-1-16-8192",""'))),
    ]).to.deep.equal([true, false]);
  });

  it('knows an elevated session by numbers, whatever the language and the code page of whoami', async () => {
    const english = (level: string, label: string): string =>
      [
        '"Everyone","Well-known group","S-1-1-0","Mandatory group, Enabled by default, Enabled group"',
        '"BUILTIN\\Administrators","Alias","S-1-5-32-544","Group used for deny only"',
        `"Mandatory Label\\${level} Mandatory Level","Label","${label}",""`,
      ].join('\r\n');
    // ä as it comes from another code page.
    const german = (level: string, label: string): string =>
      [
        '"Jeder","Bekannte Gruppe","S-1-1-0","Verbindliche Gruppe, Standardm\ufffdßig aktiviert, Aktivierte Gruppe"',
        '"VORDEFINIERT\\Administratoren","Alias","S-1-5-32-544","Gruppe wird nur f\ufffdr Verweigerung verwendet"',
        `"Verbindliche Beschriftung\\${level} Verbindlichkeitsstufe","Bezeichnung","${label}",""`,
      ].join('\r\n');
    for (const said of [
      english('High', 'S-1-16-12288'),
      german('Hohe', 'S-1-16-12288'),
      english('System', 'S-1-16-16384'),
    ])
      expect(await isAdministrator(windows(saying(said))), said).to.equal(true);
    for (const said of [english('Medium', 'S-1-16-8192'), german('Mittlere', 'S-1-16-8192')])
      expect(await isAdministrator(windows(saying(said))), said).to.equal(false);
    const user = '"b\ufffdro\\müller","S-1-5-21-7"\r\n';
    expect(await ownAccountId(windows(saying(user)))).to.equal('S-1-5-21-7');
  });

  it('asks `id` elsewhere', async function () {
    if (process.platform === 'win32') return this.skip();
    expect(await findAccount('0', here)).to.deep.equal({ name: 'root', id: '0', groupId: 0 });
    for (const name of ['no-such-user', '-u', 'a b', 'a;b'])
      expect((await caughtFrom(findAccount(name, here))).errorId, name).to.equal('ServiceAccountInvalid');
    expect(await ownAccountId(here)).to.equal(String(process.getuid?.()));
    expect(await isAdministrator({ ...here, userId: 1000 })).to.equal(false);
    return undefined;
  });
});

describe('platform: programs of a service', () => {
  const folder = temporaryFolder();
  const nobody = { name: 'nobody', id: '65534', groupId: 65534 };

  it('must not be exchangeable by others, and readable', () => {
    const look = (uid: number, mode: number, gid = 0): string | undefined =>
      lookedDistrust({ uid, gid, mode }, nobody, true);
    expect([look(0, 0o755), look(65534, 0o500), look(0, 0o750, 65534)]).to.deep.equal([
      undefined,
      undefined,
      undefined,
    ]);
    expect([look(1000, 0o755), look(0, 0o757), look(0, 0o775, 1000), look(0, 0o700)]).to.deep.equal([
      'it belongs to the user 1000',
      'everybody may write there',
      'its group 1000 may write there',
      'the account cannot read it',
    ]);
    expect(lookedDistrust({ uid: 0, gid: 0, mode: 0o1777 }, nobody, false)).to.equal(undefined);
  });

  it('are looked at up to the root', async function () {
    if (process.getuid?.() !== 0) skipBecause(this, 'a second account needs root');
    chmodSync(folder(), 0o755);
    const inside = join(folder(), 'in');
    mkdirSync(inside);
    writeFileSync(join(inside, 'main.js'), '', { mode: 0o644 });
    await checkPrograms([join(inside, 'main.js')], nobody, here);
    chmodSync(inside, 0o777);
    expect((await caughtFrom(checkPrograms([join(inside, 'main.js')], nobody, here))).message).to.contain(
      `everybody may write there (${inside})`,
    );
    expect((await caughtFrom(checkPrograms([join(inside, 'no.js')], nobody, here))).errorId).to.equal(
      'ServiceProgramNotTrusted',
    );
    return undefined;
  });

  it('lie on a drive of the machine on Windows, where their access lists are read', async () => {
    const system = { name: 'SYSTEM', id: 'S-1-5-18' };
    const refused = { ...here, platform: 'win32' as const, run: saying('{"error":"Access is denied."}', 1) };
    const check = async (path: string): Promise<string> =>
      (await caughtFrom(checkPrograms([path], system, refused))).message;
    expect(await check('\\\\server\\share\\node.exe')).to.contain('is not on a local drive');
    expect(await check('C:\\nodejs\\node.exe')).to.contain('access lists cannot be read (Access is denied)');
  });
});
