import { expect } from 'chai';
import { SyncError } from '../../server/errors/SyncError.js';
import type { ProgramCall } from '../../server/platform/runProgram.js';
import { withLastResult } from '../../server/service/whyNotRunning.js';

describe('service: why one does not run that should', () => {
  const data = { site: 'ABC', service: '\\ConfigMgrSync\\ABC', account: 'CONTOSO\\svc', heartbeat: 'never' };
  const error = new SyncError('ServiceNotRunning', data);
  const answering = (stdout: string, calls: ProgramCall[] = []): Parameters<typeof withLastResult>[2] => ({
    platform: 'win32',
    env: {},
    run: async (call) =>
      Promise.resolve((calls.push(call), { code: stdout.includes('error') ? 1 : 0, stdout, stderr: '' })),
  });

  it('is what the Task Scheduler says of its last start', async () => {
    const calls: ProgramCall[] = [];
    const named = await withLastResult(error, 'ABC', answering('{"value":2147943785}', calls));
    expect([named.errorId, named.message]).to.deep.equal([
      'ServiceNotRunning',
      'The engine of site ABC runs only as the service \\ConfigMgrSync\\ABC under CONTOSO\\svc, which does not ' +
        'answer (last heartbeat never; its last start: the account lacks the right "Log on as a batch job"; ' +
        'grant it in the local security policy).',
    ]);
    expect(calls.map(({ args }) => args.at(-1))).to.deep.equal(['Invoke-CMSyncTask']);
  });

  it('stays unsaid where it ran, where the task may not be read, and elsewhere than on Windows', async () => {
    expect(await withLastResult(error, 'ABC', answering('{"value":0}'))).to.equal(error);
    expect(await withLastResult(error, 'ABC', answering('{"error":"Access is denied"}'))).to.equal(error);
    expect(await withLastResult(error, 'ABC', { ...answering('{"value":2147943785}'), platform: 'linux' })).to.equal(
      error,
    );
  });
});
