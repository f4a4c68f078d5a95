import { mkdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import table from '../../schemas/errors.json' with { type: 'json' };
import { isErrorId, reasonOf, SyncError, toSyncError } from '../../server/errors/SyncError.js';
import { packageFolder } from '../../server/platform/packageFolder.js';

describe('SyncError', () => {
  it('fills the placeholders of its message and next step', () => {
    const error = new SyncError('WaitTimeout', { run: 7, seconds: 5 });
    expect(error.message).to.equal('Run 7 did not finish within 5 seconds. It is still running.');
    expect(error.nextStep).to.include('Get-CMSyncRun -Id 7');
    expect(error).to.include({ code: 1303, category: 'OperationTimeout', exitCode: 4 });
  });
  it('keeps braces that come with the data', () => {
    expect(new SyncError('DocumentInvalid', { what: '{reason}', reason: 'r' }).message).to.include('{reason}');
  });
  it('shows data that is missing as a question mark', () => {
    expect(new SyncError('RunNotFound').message).to.equal('There is no run ?.');
  });
  it('passes through itself and wraps what is not ours with its cause', () => {
    const ours = new SyncError('RunNotFound', { run: 1 });
    expect(toSyncError(ours, 'x')).to.equal(ours);
    const cause = new TypeError('boom.');
    expect(toSyncError(cause, 'a place')).to.include({
      errorId: 'InternalError',
      message: 'An internal error happened in a place: boom.',
      cause,
    });
  });
  it('takes the reason of anything that was thrown', () => {
    expect([new Error('a. '), new Error(''), 'text', undefined].map(reasonOf)).to.deep.equal([
      'a',
      'Error',
      'text',
      'undefined',
    ]);
  });
  it('says what the network refused in words, and keeps the words of what is neither network nor file', () => {
    const system = (facts: object): Error => Object.assign(new Error('raw.'), facts);
    expect(
      [
        { code: 'ENOTFOUND', hostname: 'wsus.test' },
        { code: 'ECONNREFUSED', address: '::1', port: 8530 },
        { code: 'EADDRINUSE' },
        { code: 'ERR_SSL_X', library: 'SSL routines', reason: 'wrong version number' },
        { code: 'ENOENT' },
      ].map((facts) => reasonOf(system(facts))),
    ).to.deep.equal([
      'the name wsus.test is unknown to the name server (ENOTFOUND)',
      '[::1]:8530 refused the connection, so no program listens there or a firewall rejects it (ECONNREFUSED)',
      'another program already listens there (EADDRINUSE)',
      'wrong version number (ERR_SSL_X)',
      'raw',
    ]);
  });
  it('says what a file or its disk refused in words', () => {
    const seen = (read: () => void): string => {
      try {
        read();
        return '';
      } catch (caught) {
        return reasonOf(caught);
      }
    };
    const folder = dirname(fileURLToPath(import.meta.url));
    const none = join(folder, 'none.cab');
    expect([seen(() => readFileSync(none)), seen(() => mkdirSync(folder))]).to.deep.equal([
      `there is no file or folder ${none} (ENOENT)`,
      `${folder} exists already (EEXIST)`,
    ]);
    const written = { code: 'ENOSPC', syscall: 'write' };
    expect(
      [written, { ...written, path: '/a' }, { code: 'ENOENT', syscall: 'spawn x', path: 'x' }].map((facts) =>
        reasonOf(Object.assign(new Error('raw'), facts)),
      ),
    ).to.deep.equal([
      'there is no space left on the disk (ENOSPC)',
      'there is no space left on the disk: /a (ENOSPC)',
      'raw',
    ]);
  });
  it('knows the ids of the table only', () => {
    expect([isErrorId('RunNotFound'), isErrorId('toString'), isErrorId('')]).to.deep.equal([true, false, false]);
  });
  it('names verbs and options of the command line to those who work there', () => {
    expect(new SyncError('WaitTimeout', { run: 7 }).nextStepCli).to.include('run wait 7 --timeout-seconds');
    expect(new SyncError('StoreWriteFailed').nextStepCli).to.equal(new SyncError('StoreWriteFailed').nextStep);
    const words = Object.keys(table).map((id) => new SyncError(id as keyof typeof table).nextStepCli);
    // Names of commands (Get-CMSyncRun) and of parameters (-Wait) belong to PowerShell.
    expect(words.filter((text) => /\b[A-Z][a-z]+-CM|(^|[\s(])-[A-Z]/.test(text))).to.deep.equal([]);
  });
  it('has a code of its own, a category and a next step for every id', () => {
    const entries = Object.entries(table);
    expect(new Set(entries.map(([, entry]) => entry.code)).size).to.equal(entries.length);
    for (const [id, entry] of entries) {
      expect(entry.nextStep, id).to.match(/\.$/);
      expect([0, 1, 2, 3, 4, 5, 6, 7, 130], id).to.include(entry.exit);
    }
  });
  it('is written down in docs/errors.md as it is in the table', () => {
    const rows = readFileSync(join(packageFolder(), 'docs', 'errors.md'), 'utf8')
      .split('\n')
      .filter((line) => line.startsWith('| `'));
    expect(rows).to.have.length(Object.keys(table).length);
    for (const [index, [id, { message }]] of Object.entries(table).entries())
      expect(rows[index]).to.contain(`| \`${id}\` |`).and.to.contain(message.replaceAll('|', '\\|'));
  });
});
