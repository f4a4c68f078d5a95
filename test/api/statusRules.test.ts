import { expect } from 'chai';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type {
  StatusMessage,
  StatusRuleSetRequest,
  StatusRuleSetResult,
} from '../../server/contract/generated/types.js';
import { listMessages } from '../../server/api/messages.js';
import { getStatus } from '../../server/api/status.js';
import { RuleProgram } from '../../server/engine/RuleProgram.js';
import { SyncError } from '../../server/errors/SyncError.js';
import { runProgram } from '../../server/platform/runProgram.js';
import type { SystemEvent } from '../../server/platform/systemLog.js';
import { programRefusal } from '../../server/state/afterSyncRefusal.js';
import { readState, STATE } from '../../server/state/siteState.js';
import { newRequestId, testSite } from '../engine/TestSite.js';
import { rejectionOf } from '../fixtures/rejection.js';

describe('Status filter rules', () => {
  const site = testSite();
  let events: SystemEvent[];
  let ran: string[];
  beforeEach(() => {
    events = [];
    ran = [];
    site().ruleActions = {
      report: async (event) => Promise.resolve(void events.push(event)),
      run: async (program, input) =>
        Promise.resolve(void ran.push(`${program} ${(JSON.parse(input) as StatusMessage).MessageID}`)),
    };
  });
  const set = async (params: Partial<StatusRuleSetRequest>): Promise<StatusRuleSetResult> =>
    site().service['statusRule/set'](
      { requestId: newRequestId(), name: 'r', isNew: true, ...params },
      site().request(),
    );
  const names = async (): Promise<string[]> =>
    (await site().service['statusRule/list']({}, site().request())).rules.map(({ Name }) => Name);
  const sync = async (): Promise<void> => {
    await site().sync();
    await site().statusRules.look();
  };

  it('report and run what they are for, each message once, from when the first was made', async () => {
    await sync();
    await set({ name: 'done', messageId: 6702, reportToEventLog: true });
    await set({ name: 'all', severityType: 'Informational', runProgram: true, programPath: process.execPath });
    await set({ name: 'errors', severityType: 'Error', reportToEventLog: true });
    await sync();
    await site().statusRules.look();
    expect(events.map(({ id, level }) => `${level} ${id}`)).to.deep.equal(['Information 6702']);
    expect(ran).to.deep.equal([6701, 6704, 6705, 6702].map((id) => `${process.execPath} ${id}`));
    site().source.onOpen = async () =>
      Promise.reject(new SyncError('UpstreamUnreachable', { url: 'http://up', reason: 'no name' }));
    await sync();
    expect(events.at(-1)).to.include({ id: 6703, level: 'Error' });
    expect(events.at(-1)?.text).to.contain('no name').and.contain('site CS1');
  });

  it('end with one that lets no other see the message, in the order of their priority', async () => {
    await set({ name: 'first', messageId: 6702, reportToEventLog: true });
    await set({ name: 'second', runProgram: true, programPath: process.execPath, processLowerPriorityRule: false });
    await sync();
    expect([events.length, ran.length]).to.deep.equal([1, 4]);
    await set({ name: 'SECOND', isNew: false, priority: 'Increase' });
    expect(await names()).to.deep.equal(['second', 'first']);
    await sync();
    expect([events.length, ran.length], 'the second sees all first').to.deep.equal([1, 8]);
    await set({ name: 's*', wildcard: true, isNew: false, enabled: false });
    await sync();
    expect([events.length, ran.length]).to.deep.equal([2, 8]);
    const removal = { requestId: newRequestId(), name: '*', wildcard: true };
    expect(await site().service['statusRule/remove'](removal, site().request())).to.deep.equal({
      removed: ['second', 'first'],
    });
    await sync();
    expect([events.length, ran.length]).to.deep.equal([2, 8]);
  });

  /** All messages of a synchronization are there before the program of the first one is done. */
  async function syncsUnder(act: (count: number) => Promise<void>): Promise<void> {
    let synced = (): void => undefined;
    const all = new Promise<void>((resolve) => (synced = resolve));
    site().ruleActions = {
      report: async () => Promise.resolve(),
      run: async (_program, input) => {
        await all;
        ran.push(String((JSON.parse(input) as StatusMessage).MessageID));
        await act(ran.length);
      },
    };
    await set({ name: 'all', runProgram: true, programPath: process.execPath });
    await site().sync();
    synced();
    await site().statusRules.look();
  }

  it('do not run a program again that ran before the engine was ended in a later one', async () => {
    let ended: Promise<void> | undefined;
    await syncsUnder(async (count) => {
      if (count === 3) ended = site().statusRules.stop();
      return Promise.resolve();
    });
    await ended;
    expect(ran).to.have.length(3);
    const seen = (await readState(site().database, STATE.ruledUpTo)) ?? 0;
    const [last] = (await listMessages(site().context, { after: seen - 1, pageSize: 1 })).messages;
    expect(String(last?.MessageID)).to.equal(ran[2]);
  });

  it('end at once where they are disabled while a program runs', async () => {
    await syncsUnder(async (count) => {
      if (count === 2) await set({ name: 'all', isNew: false, enabled: false });
    });
    expect(ran).to.have.length(2);
  });

  it('say what has no effect, and refuse what cannot be', async () => {
    expect((await set({ writeToDatabase: true, replicationPriority: 'Low' })).warnings).to.deep.equal([
      'Stored without effect: ReplicationPriority.',
      'The rule r does nothing: give ReportToEventLog or RunProgram.',
    ]);
    expect((await set({ isNew: false, runProgram: true })).warnings).to.deep.equal([
      'The rule r has no program to run: give ProgramPath.',
    ]);
    expect((await set({ isNew: false, propertyId: '1', reportToEventLog: true })).rules[0]?.Values).to.include.members([
      'PropertyId=1',
      'ReportToEventLog=true',
    ]);
    await sync();
    expect(events).to.deep.equal([]);
    expect(await rejectionOf(set({}))).to.equal('StatusFilterRuleExists');
    expect(await rejectionOf(set({ name: 'x', isNew: false }))).to.equal('StatusFilterRuleNotFound');
    expect(await rejectionOf(set({ name: 'x', programPath: 'relative' }))).to.equal('AfterSyncCommandInvalid');
  });

  it('run a real program with the message as JSON, unless the service does not allow it', async () => {
    const script = path.join(site().context.site.path, 'rule.sh');
    writeFileSync(script, `#!/bin/sh\ncat >> ${script}.got\necho noted\n`, { mode: 0o755 });
    const system = { platform: process.platform, env: process.env, run: runProgram };
    let isRefused = false;
    const program = new RuleProgram({
      log: site().context.log,
      environment: process.env,
      system,
      refusal: async (name) => programRefusal({ ...site().context, refusesAfterSyncCommand: isRefused }, name),
    });
    const input = `${JSON.stringify({ MessageText: 'é' })}\n`;
    await program.run(script, input);
    expect(readFileSync(`${script}.got`, 'latin1')).to.equal('{"MessageText":"\\u00e9"}\n');
    isRefused = true;
    await set({ runProgram: true, programPath: script });
    const refusing = { ...site().context, refusesAfterSyncCommand: true };
    const { warnings } = await getStatus(refusing, { nodes: [], heartbeat: undefined, isRunning: false });
    expect(warnings?.filter((warning) => warning.includes(script))).to.have.length(1);
    await program.run(script, input);
    expect(readFileSync(`${script}.got`, 'latin1').split('\n')).to.have.length(2);
    expect(site().lines.filter((line) => line.includes('rule'))).to.deep.equal([
      'Status filter rule: noted',
      `The program ${script} of a status filter rule is done.`,
      site().lines.at(-1),
    ]);
    expect(site().lines.at(-1)).to.match(
      /^WARNING: The program .* is not run: the service of this site does not allow/,
    );
  });
});
