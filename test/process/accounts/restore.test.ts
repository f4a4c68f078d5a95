import { expect } from 'chai';
import { randomUUID } from 'node:crypto';
import fs from 'node:fs';
import { join } from 'node:path';
import { processEnd } from '../../../server/cli/processEnd.js';
import { killIfThere } from '../../fixtures/killIfThere.js';
import { AccountLab } from './AccountLab.js';
import type { Session } from '../Session.js';
import { ACCOUNTS, whyNoAccounts } from './accounts.js';

const { root, owner } = ACCOUNTS;
const because = whyNoAccounts();

(because === '' ? describe : describe.skip)(
  `neighbour: root restores the site of another account${because}`,
  function () {
    let lab: AccountLab;
    let ofRoot: Session;
    let backup: string;
    const ran = (): boolean => fs.existsSync(join(lab.home, 'ran'));

    beforeEach(async () => {
      lab = new AccountLab();
      const hook = join(lab.home, 'outside', 'hook');
      fs.writeFileSync(hook, `#!/bin/sh\ntouch ${lab.home}/ran\n`);
      fs.chmodSync(hook, 0o755);
      ofRoot = await lab.session(root);
      const account = String(owner.userId);
      await ofRoot.request('site/new', { requestId: randomUUID(), siteCode: 'ABC', path: lab.site, account });
      const upstreamSourceLocation = 'http://127.0.0.1:9';
      const change = { afterSyncCommand: hook, upstreamSourceLocation };
      await ofRoot.request('component/set', { requestId: randomUUID(), ...change });
      backup = join(lab.homeOf(root), 'backup');
      await ofRoot.request('site/backup', { requestId: randomUUID(), path: backup });
    });
    afterEach(async () => lab.remove());

    it('gives a new folder to root alone, where the after-sync command of the other does not run', async () => {
      const sitePath = join(lab.homeOf(root), 'ABC');
      const { Warnings } = await ofRoot.request('site/restore', { requestId: randomUUID(), path: backup, sitePath });
      expect(Warnings).to.include(
        'The after-sync command of the backup is set but not run: set it again, under the account of the engine.',
      );
      const { uid, mode } = fs.statSync(sitePath);
      expect([uid, mode & 0o777]).to.deep.equal([0, 0o700]);
      await ofRoot.request('site/connect', { sitePath });
      const { run } = await ofRoot.request('sync/start', { requestId: randomUUID() });
      const ended = await ofRoot.request('run/wait', { id: run.Id });
      expect(ended.run.Warnings.join()).to.contain(
        'the site was given to this account, or restored, after the command was set',
      );
      const note = JSON.parse(fs.readFileSync(join(sitePath, 'engine.json'), 'utf8')) as { processId: number };
      killIfThere(note.processId);
      await processEnd(note.processId);
      expect(ran()).to.equal(false);
    });

    it('gives a new folder to the account that root names, and takes none away from its account', async () => {
      const account = String(owner.userId);
      const sitePath = join(lab.home, 'outside', 'ABC');
      const params = { requestId: randomUUID(), path: backup, account };
      await ofRoot.request('site/restore', { ...params, sitePath });
      const names = ['', ...fs.readdirSync(sitePath, { recursive: true }).map(String)];
      const others = names.filter((name) => fs.lstatSync(join(sitePath, name)).uid !== owner.userId);
      expect(others).to.deep.equal([]);
      const refused = await ofRoot.refusal('site/restore', { ...params, sitePath, replace: true });
      expect(refused.message).to.contain('already exists and keeps its account');
    });

    it('puts a site back as the account that it belongs to, which has to be let read the backup', async () => {
      const params = { requestId: randomUUID(), path: backup, sitePath: lab.site, replace: true };
      const refused = await ofRoot.refusal('site/restore', params);
      expect(refused.errorId).to.equal('BackupInvalid');
      expect(refused.message).to.contain(`the user ${owner.userId}, who owns the site, reads it`);
      const moved = join(lab.home, 'outside', 'backup');
      fs.cpSync(backup, moved, { recursive: true });
      for (const name of ['', ...fs.readdirSync(moved, { recursive: true }).map(String)])
        fs.chownSync(join(moved, name), owner.userId, owner.userId);
      const restored = await ofRoot.request('site/restore', { ...params, path: moved });
      expect([restored.Replaced, restored.Warnings.join().includes('after-sync')]).to.deep.equal([true, false]);
      expect(lab.found().filter(({ userId }) => userId !== owner.userId)).to.deep.equal([]);
    });
  },
);
