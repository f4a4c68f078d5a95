import { expect } from 'chai';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import fs from 'node:fs';
import { join } from 'node:path';
import { processEnd } from '../../../server/cli/processEnd.js';
import { AccountLab } from './AccountLab.js';
import type { Session } from '../Session.js';
import { ACCOUNTS, GROUP, whyNoAccounts } from './accounts.js';
import type { Account } from './accounts.js';

const { root, owner, operator } = ACCOUNTS;
const because = whyNoAccounts();

(because === '' ? describe : describe.skip)(`neighbour: the after-sync command of two accounts${because}`, function () {
  let lab: AccountLab;
  let hook: string;
  let ran: string;
  beforeEach(async () => {
    lab = new AccountLab();
    hook = join(lab.home, 'outside', 'hook');
    ran = join(lab.home, 'ran');
    // It notes who runs it; everybody may write where.
    fs.mkdirSync(ran);
    fs.chmodSync(ran, 0o777);
    fs.writeFileSync(hook, `#!/bin/sh\nid -u > ${ran}/$$.by\nmv ${ran}/$$.by ${ran}/$$.done\n`);
    fs.chmodSync(hook, 0o755);
    await (
      await lab.session(root)
    ).request('site/new', {
      requestId: randomUUID(),
      siteCode: 'ABC',
      path: lab.site,
      operators: [String(GROUP)],
      account: String(owner.userId),
    });
  });
  afterEach(async () => lab.remove());

  const setHook = async (session: Session): Promise<readonly string[]> => {
    const upstream = { upstreamSourceLocation: 'http://127.0.0.1:9' };
    const { warnings } = await session.request('component/set', {
      requestId: randomUUID(),
      afterSyncCommand: hook,
      ...upstream,
    });
    return warnings;
  };

  /** Synchronizes as an account; gives the warnings of the run and of the status. */
  async function synchronize(session: Session): Promise<{ run: readonly string[]; status: readonly string[] }> {
    const { run } = await session.request('sync/start', { requestId: randomUUID() });
    const ended = await session.request('run/wait', { id: run.Id });
    const { warnings = [] } = await session.request('status/get', {});
    return { run: ended.run.Warnings, status: warnings.filter((text) => text.includes('after-sync')) };
  }

  /** Ends the engine, which waits for a command under way: what has not run by then never will. */
  async function end(session: Session): Promise<void> {
    const { processId } = lab.engine;
    await session.request('engine/stop', { requestId: randomUUID() });
    await processEnd(processId);
  }

  const ranAs = (): readonly number[] =>
    fs
      .readdirSync(ran)
      .filter((name) => name.endsWith('.done'))
      .map((name) => Number(fs.readFileSync(join(ran, name), 'utf8')));

  const log = (): string => fs.readFileSync(join(lab.site, 'Logs', 'wsyncmgr.log'), 'utf8');

  /** Waits until the log of the site says a text. */
  async function said(words: string): Promise<void> {
    const watcher = fs.watch(join(lab.site, 'Logs'));
    try {
      while (!fs.existsSync(join(lab.site, 'Logs', 'wsyncmgr.log')) || !log().includes(words))
        await once(watcher, 'change');
    } finally {
      watcher.close();
    }
  }

  /** What everybody is told of a command that was not run, with the next step. */
  function expectRefused(told: readonly string[], setBy: Account): void {
    expect(told).to.deep.equal([
      `The after-sync command ${hook} is set but not run: the account ${setBy.userId} set it, and this engine runs ` +
        `as ${setBy === operator ? owner.userId : operator.userId}. It runs under the account that set it and under ` +
        `no other. Set it again under the account of the engine.`,
    ]);
  }

  it('of an operator never runs as root or the owner when root synchronizes; run, status and log say why', async () => {
    const [ofOperator, ofRoot] = [await lab.session(operator, lab.site), await lab.session(root, lab.site)];
    expect(await setHook(ofOperator)).to.deep.equal([]);
    await end(ofOperator);
    const { run, status } = await synchronize(ofRoot);
    expect(lab.engine.account).to.equal(owner.userId);
    expectRefused(run, operator);
    expectRefused(status, operator);
    await said('is set but not run');
    await end(ofRoot);
    expect(ranAs()).to.deep.equal([]);

    // The operator's own engine runs it, as the operator.
    expect(await synchronize(ofOperator)).to.deep.equal({ run: [], status: [] });
    await said('The after-sync command is done.');
    await end(ofOperator);
    expect(ranAs()).to.deep.equal([operator.userId]);
  });

  it('is warned of when it is set at an engine of another account; it runs for the account that set it', async () => {
    const [ofOperator, ofRoot] = [await lab.session(operator, lab.site), await lab.session(root, lab.site)];
    await ofRoot.request('site/get', {});
    const [warning] = await setHook(ofOperator);
    expect(warning).to.contain(`only when the engine of this site runs as the user ${operator.userId}, who set it`);
    // Root sets it for the account of the site; what the operator had set is replaced.
    expect(await setHook(ofRoot)).to.deep.equal([]);
    expect(await synchronize(ofOperator)).to.deep.equal({ run: [], status: [] });
    await said('The after-sync command is done.');
    await end(ofRoot);
    expect(ranAs()).to.deep.equal([owner.userId]);
  });

  it('is vouched for only as it was asked for: who sets the command again takes over no arguments', async () => {
    const [ofOperator, ofRoot] = [await lab.session(operator, lab.site), await lab.session(root, lab.site)];
    const argument = { requestId: randomUUID(), afterSyncCommand: hook, afterSyncArgument: ['of the operator'] };
    await ofOperator.request('component/set', argument);
    await end(ofOperator);
    const [warning] = await setHook(ofRoot);
    expect(warning).to.contain('not all of it was set here').and.to.contain(`the account ${operator.userId} set it`);
    expectRefused((await synchronize(ofRoot)).run, operator);
    await end(ofRoot);
    expect(ranAs()).to.deep.equal([]);
  });

  it('of an operator does not run in a service either, also not when site.json hides the operators', async () => {
    const ofOperator = await lab.session(operator, lab.site);
    await setHook(ofOperator);
    await end(ofOperator);
    const description = join(lab.site, 'site.json');
    const told = JSON.parse(fs.readFileSync(description, 'utf8')) as object;
    fs.writeFileSync(description, JSON.stringify({ ...told, operators: [] }));
    const service = lab.start(root, ['serve', '--allow-after-sync-command', '--site-path', lab.site]);
    await once(service.stderr!, 'data');
    const again = await lab.session(operator, lab.site);
    const { run, status } = await synchronize(again);
    expect(lab.engine.account).to.equal(owner.userId);
    expectRefused(run, operator);
    expectRefused(status, operator);
    const gone = once(service, 'exit');
    service.kill('SIGTERM');
    await gone;
    expect(ranAs()).to.deep.equal([]);
  });
});
