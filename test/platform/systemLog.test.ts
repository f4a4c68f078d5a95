import { expect } from 'chai';
import type { ProgramCall, ProgramEnd } from '../../server/platform/runProgram.js';
import { runProgram } from '../../server/platform/runProgram.js';
import {
  createSystemLog,
  EVENT_ID,
  eventCall,
  eventScript,
  type SystemEvent,
} from '../../server/platform/systemLog.js';

const EVENT: SystemEvent = {
  id: EVENT_ID.failed,
  level: 'Error',
  text: 'Failed (run 7).\r\nNext step: "look" & see %PATH% $(x)',
};
const ENV = { SystemRoot: 'D:\\Windows' };

describe('platform: the log of the system', () => {
  it('is the Application event log on Windows, the text as it is', () => {
    expect(eventScript(EVENT)).to.deep.include({
      name: 'Write-CMSyncEvent',
      given: {
        source: 'ConfigMgrSync',
        id: 703,
        level: 'Error',
        text: 'Failed (run 7). Next step: "look" & see %PATH% $(x)',
      },
    });
    for (const id of Object.values(EVENT_ID)) expect(id).to.be.within(1, 1000);
  });

  it('is syslog elsewhere; what begins with a dash is a text, not an option', () => {
    const call = eventCall({ id: EVENT_ID.recovered, level: 'Information', text: '-x' });
    expect([call.command, call.args]).to.deep.equal([
      'logger',
      ['-t', 'configmgrsync', '-p', 'daemon.notice', '--', '-x'],
    ]);
  });

  it('cuts what no log takes', () => {
    const text = eventCall({ ...EVENT, text: 'x'.repeat(10_000) }).args.at(-1) ?? '';
    expect([text.length, text.endsWith('…')]).to.deep.equal([1900, true]);
  });

  it('never fails: one line says that the tool is missing, and what was to be told', async () => {
    const lines: string[] = [];
    const missing = createSystemLog({
      platform: 'linux',
      env: {},
      run: async (call) => runProgram({ ...call, command: '/no/such/logger' }),
      log: (line) => lines.push(line),
    });
    await missing.write(EVENT);
    expect(lines).to.have.length(1);
    expect(lines[0]).to.match(/event 703 could not be written.*ENOENT.*Failed \(run 7\)/);
    const rejecting = createSystemLog({
      platform: 'win32',
      env: {},
      run: async () => Promise.reject(new Error('upside down')),
      log: (line) => lines.push(line),
    });
    await rejecting.write(EVENT);
    expect(lines[1]).to.contain('upside down');
  });

  it('says nothing when the tool took it', async () => {
    const calls: ProgramCall[] = [];
    const lines: string[] = [];
    const end: ProgramEnd = { code: 0, stdout: '{"value":null}', stderr: '' };
    await createSystemLog({
      platform: 'win32',
      env: ENV,
      run: async (call) => {
        calls.push(call);
        return Promise.resolve(end);
      },
      log: (line) => lines.push(line),
    }).write(EVENT);
    expect([calls.length, lines]).to.deep.equal([1, []]);
  });
});
