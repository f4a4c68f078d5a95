import { expect } from 'chai';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Alert, Run, SourceTest, StatusMessage, UpdateChange } from '../../server/contract/generated/types.js';
import { removeHome } from '../fixtures/removeHome.js';
import { GatedUpstream } from '../process/GatedUpstream.js';
import { runVerb, type VerbEnd } from './runVerb.js';

describe('cli: messages, alerts, changes and the test of the source', () => {
  const home = mkdtempSync(join(tmpdir(), 'cms-cli-'));
  const environment = { CONFIGMGRSYNC_HOME: home, CONFIGMGRSYNC_SITE: '' };
  let upstream: GatedUpstream;
  before(async () => {
    upstream = await GatedUpstream.start(30);
  });
  after(async () => {
    await upstream.close();
    removeHome(home);
  });

  async function run(...args: string[]): Promise<VerbEnd> {
    return runVerb(args, environment);
  }
  const json = async <Result>(...args: string[]): Promise<Result> =>
    JSON.parse((await run(...args, '--json')).out) as Result;

  it('show what a synchronization did and what became of it', async () => {
    await run('site', 'new', '--site-code', 'ABC', '--upstream', upstream.url);
    await run('config', 'set', '--all-products', '--all-classifications', '--sync-failure-alert');
    const tested = await run('source', 'test', '--json');
    expect([tested.code, (JSON.parse(tested.out) as SourceTest).Succeeded]).to.deep.equal([0, true]);
    const synchronized = await json<Run>('sync');
    const changes = await json<UpdateChange[]>('run', 'changes', '--kind', 'New');
    expect([changes.length, changes.length > 0]).to.deep.equal([synchronized.Counts.New, true]);
    const [alert, ...conditions] = await json<Alert[]>('alerts');
    expect([alert?.TypeID, alert?.AlertStateName, conditions.length]).to.deep.equal([1, 'NeverTriggered', 13]);
    const disk = ['--name', 'Disk*'];
    expect((await json<Alert[]>('alert', 'set', ...disk, '--limit', '5'))[0]).to.include({ Limit: 5 });
    const [suspended] = await json<Alert[]>('alert', 'suspend', ...disk, '--until', '2999-01-01', '--comment', 'c');
    expect(suspended).to.include({ AlertStateName: 'Postponed', Comments: 'c' });
    const id = String(suspended?.ID);
    expect((await json<Alert[]>('alert', 'disable', id))[0]).to.include({ Enabled: false });
    expect((await json<Alert[]>('alert', 'enable', id))[0]).to.include({ Enabled: true, SkipUntil: null });
    expect(await json('alert', 'remove', id)).to.deep.equal({ removed: [Number(id)] });
    expect(await run('alert', 'disable', '7')).to.include({ code: 1, out: '' });
    const rule = ['rule', 'new', 'Errors', '--severity', 'Error', '--report-to-event-log'];
    expect((await json<object[]>(...rule))[0]).to.include({ Name: 'Errors', SeverityType: 'Error', Enabled: true });
    expect(await run(...rule)).to.include({ code: 1, out: '' });
    expect((await json<object[]>('rule', 'disable', 'Errors'))[0]).to.include({ Enabled: false });
    expect(await json('rule', 'list', 'E*')).to.have.length(1);
    expect(await json('rule', 'remove', 'Errors')).to.deep.equal({ removed: ['Errors'] });
    expect((await json<object[]>('component-status', 'list'))[0]).to.include({ Errors: 0, Infos: 4 });
    expect((await json<object[]>('component-status', 'clear', 'All'))[0]).to.include({ Infos: 0 });
    const task = ['maintenance-task', 'set', '*log data', '--enabled', '--older-than-days', '9'];
    expect((await json<object[]>(...task))[0]).to.include({ Enabled: true, DeleteOlderThan: 9 });
    expect(await run('maintenance-task', 'list')).to.include({ code: 0 });
    const hook = ['subscription', 'add', 'Hook', '--webhook-uri-stdin', '--webhook-secret-stdin', '--json'];
    const added = await runVerb(hook, environment, 'https://hooks.contoso.com/services/secretword\nkey\n');
    expect(JSON.parse(added.out)).to.include({
      WebhookUri: 'https://hooks.contoso.com/\u2026word',
      IsWebhookSigned: true,
    });
    expect(await run(...hook, '--webhook-uri', 'https://x.test/')).to.include({ code: 2 });
    expect((await json<StatusMessage[]>('messages')).map((message) => message.MessageID)).to.deep.equal([
      6701, 6704, 6705, 6702,
    ]);
    expect(
      (await json<StatusMessage[]>('messages', '--id', '6702', '--severity', 'Information', '--since', '2020-01-01'))
        .length,
    ).to.equal(1);
    expect(await run('messages', '--since', 'never')).to.include({ code: 2, out: '' });
    expect(await run('run', 'changes', '9')).to.include({ code: 1, out: '' });
    const failed = await run('source', 'test', '--upstream', 'http://127.0.0.1:1');
    expect(failed.code).to.equal(5);
    expect(failed.out).to.match(/Connect +Failed/);
    expect(failed.err).to.contain('firewall');
  });
});
