import { expect } from 'chai';
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import {
  type AccountProcess,
  type AccountSystem,
  becomeAccount,
} from '../../server/platform/accounts/becomeAccount.js';
import { packageFolder } from '../../server/platform/packageFolder.js';

/** A process of root in which the calls are noted. */
function system(
  entry: ReturnType<AccountSystem['entry']>,
  memberOf: readonly number[] = [],
): AccountSystem & { calls: string[] } {
  const calls: string[] = [];
  let [userId, groups] = [0, [0] as readonly number[]];
  const self: AccountProcess = {
    env: { PATH: '/usr/bin', LC_ALL: 'C', https_proxy: 'http://p', XDG_RUNTIME_DIR: '/run/0', AWS_SECRET: 's' },
    geteuid: () => userId,
    getuid: () => userId,
    getgroups: () => [...groups],
    initgroups: (user, group) => {
      calls.push(`initgroups ${user} ${group}`);
      groups = [group, ...memberOf];
    },
    seteuid: (id) => calls.push(`seteuid ${id}`),
    setgid: (id) => calls.push(`setgid ${id}`),
    setgroups: (ids) => {
      calls.push(`setgroups ${ids.join()}`);
      groups = ids;
    },
    setuid: (id) => {
      calls.push(`setuid ${id}`);
      userId = id;
    },
  };
  return { calls, process: self, entry: () => entry };
}

const SVC = { username: 'svc', gid: 50, homedir: '/srv/svc' };

describe('platform: becoming another account', () => {
  it('takes the groups of the directory, before the user, and asks the directory as that user', () => {
    const known = system(SVC, [90]);
    becomeAccount({ userId: 7, groupId: 90, isShared: true }, known);
    expect(known.calls).to.deep.equal(['seteuid 7', 'seteuid 0', 'initgroups svc 50', 'setgid 50', 'setuid 7']);
  });

  it('gives a number without an entry the group of its folder, and never that of root', () => {
    const own = system(undefined);
    becomeAccount({ userId: 7, groupId: 60, isShared: false }, own);
    expect(own.calls.slice(2)).to.deep.equal(['setgroups 60', 'setgid 60', 'setuid 7']);
    const ofRoot = system(undefined);
    becomeAccount({ userId: 7, groupId: 0, isShared: false }, ofRoot);
    expect(ofRoot.calls.slice(2)).to.deep.equal(['setgroups 7', 'setgid 7', 'setuid 7']);
  });

  it('makes nobody a member of a group by a folder: neither a known account nor one of the group of root', () => {
    for (const [entry, groupId] of [
      [SVC, 90],
      [undefined, 0],
    ] as const) {
      const refused = system(entry);
      expect(() => becomeAccount({ userId: 7, groupId, isShared: true }, refused)).to.throw(
        `not a member of the group ${groupId}`,
      );
      expect(refused.calls).not.to.include('setuid 7');
    }
  });

  it('hands on what both accounts may know, and nothing else', () => {
    const known = system(SVC);
    becomeAccount({ userId: 7, groupId: 50, isShared: false }, known);
    expect(known.process.env).to.deep.equal({
      PATH: '/usr/bin',
      LC_ALL: 'C',
      https_proxy: 'http://p',
      HOME: '/srv/svc',
      USER: 'svc',
      LOGNAME: 'svc',
    });
  });

  it('fails where the system does not change the user', () => {
    const stuck = system(SVC);
    stuck.process.setuid = () => undefined;
    expect(() => becomeAccount({ userId: 7, groupId: 50, isShared: false }, stuck)).to.throw('did not change');
  });

  it('is for good: the process is never root again', function () {
    if (process.platform !== 'linux' || process.getuid?.() !== 0) this.skip();
    const module = join(packageFolder(), 'dist', 'server', 'platform', 'accounts', 'becomeAccount.js');
    const script = `
      import { becomeAccount } from ${JSON.stringify(module)};
      import { readFileSync } from 'node:fs';
      becomeAccount({ userId: 41001, groupId: 41900, isShared: true });
      const tried = ['setuid', 'seteuid', 'setgid', 'setegid'].map((name) => {
        try { process[name](0); return name; } catch { return ''; }
      });
      const ids = readFileSync('/proc/self/status', 'utf8').match(/^(Uid|Gid|Groups|CapEff):.*$/gm);
      console.log(JSON.stringify([tried.join(''), ids.map((line) => line.split(/\\s+/).filter(Boolean).join(' '))]));`;
    const said = execFileSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8' });
    expect(JSON.parse(said)).to.deep.equal([
      '',
      ['Uid: 41001 41001 41001 41001', 'Gid: 41900 41900 41900 41900', 'Groups: 41900', 'CapEff: 0000000000000000'],
    ]);
  });
});
