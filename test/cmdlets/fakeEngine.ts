/** A stand-in for `node main.js stdio`: answers as FAKE_SCENARIO says and notes every message in FAKE_FOLDER. */
import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { createMessageConnection, ResponseError, StreamMessageReader, StreamMessageWriter } from 'vscode-jsonrpc/node';
import type { CancellationToken } from 'vscode-jsonrpc/node';
import { contractVersion } from '../../server/contract/methods.js';
import type { ScheduleEncodeRequest } from '../../server/contract/generated/types.js';
import { toColumns } from '../../server/api/toSoftwareUpdate.js';
import { toResponseError } from '../../server/rpc/errors.js';
import { encodeTokens } from '../../server/schedule/answerSchedule.js';
import * as administration from './fakeAdministration.js';
import { fakeBackup, fakeRestore } from './fakeBackup.js';
import { fakeTree } from './fakeTree.js';
import {
  fakeCategory,
  fakeComponent,
  fakeMaintenance,
  fakePackage,
  fakePoint,
  fakeRun,
  fakeService,
  fakeSite,
  fakeStatus,
  fakeUpdate,
} from './fakeObjects.js';
import { fakeHealth } from './fakeHealth.js';

const folder = process.env['FAKE_FOLDER'] ?? '.';
const scenario = new Map(
  (process.env['FAKE_SCENARIO'] ?? '')
    .split(';')
    .filter(Boolean)
    .map((part) => {
      const [name = '', value = ''] = part.split('=');
      return [name, value] as const;
    }),
);

function countStart(): number {
  const file = join(folder, 'starts');
  let starts = 1;
  try {
    starts = Number(readFileSync(file, 'utf8')) + 1;
  } catch {
    starts = 1;
  }
  writeFileSync(file, String(starts));
  return starts;
}

const start = countStart();
const fact = (type: string, value: unknown): void =>
  appendFileSync(join(folder, 'messages.jsonl'), `${JSON.stringify({ start, type, value })}\n`);

/** Seven bytes at a time: frames, and characters of several bytes, arrive in pieces. */
class Slices extends Writable {
  override _write(chunk: Buffer, _encoding: string, done: () => void): void {
    const next = (at: number): void => {
      if (at >= chunk.length) done();
      else process.stdout.write(chunk.subarray(at, at + 7), () => setImmediate(next, at + 7));
    };
    next(0);
  }
}

process.on('SIGINT', () => fact('signal', 'SIGINT'));
if (scenario.has('noise')) process.stderr.write(`${'noise '.repeat(100_000)}\n`);
const output = scenario.has('split') ? new Slices() : process.stdout;
const connection = createMessageConnection(new StreamMessageReader(process.stdin), new StreamMessageWriter(output));

function answer(method: string, result: (params: Record<string, unknown>, token: CancellationToken) => unknown): void {
  connection.onRequest(method, (params: Record<string, unknown>, token: CancellationToken) => {
    fact(method, params);
    const dies = scenario.get('die') === method && (start === 1 || scenario.has('always'));
    if (dies) {
      process.stderr.write('boom: the fake engine died\n');
      process.exit(3);
    }
    if (scenario.get('fail') === method) {
      throw new ResponseError(1302, 'There is no run 9 (\u00e9).', {
        errorId: 'RunNotFound',
        category: 'ObjectNotFound',
        nextStep: 'Look elsewhere.',
        data: { run: 9 },
      });
    }
    return result(params, token);
  });
}

const wait = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));

async function waitForRun(token: CancellationToken): Promise<unknown> {
  token.onCancellationRequested(() => fact('cancelled', 'run/wait'));
  for (let percent = 0; percent <= 100; percent += 2) {
    await connection.sendNotification('run/progress', {
      RunId: 7,
      State: 'Running',
      Phase: 'Updates',
      Activity: 'Getting updates',
      Processed: percent,
      Total: 100,
      PercentComplete: percent,
    });
    await wait(20);
  }
  while (scenario.has('hang') && !token.isCancellationRequested) await wait(20);
  if (token.isCancellationRequested)
    throw new ResponseError(1006, 'The wait was cancelled.', {
      errorId: 'Cancelled',
      category: 'OperationStopped',
      nextStep: '',
      data: {},
    });
  const failed = {
    State: 'Failed',
    Succeeded: false,
    ErrorId: 'UpstreamUnreachable',
    ErrorMessage: 'The upstream cannot be reached.',
    NextStep: 'Check the name.',
  };
  return { run: { ...fakeRun, ...(scenario.has('runFails') ? failed : { State: 'Succeeded', Succeeded: true }) } };
}

function updatePage(params: Record<string, unknown>): unknown {
  const total = Number(scenario.get('updates') ?? '3');
  const from = Number(params['after'] ?? 0);
  const to = Math.min(total, from + Number(params['pageSize'] ?? total));
  const updates = Array.from({ length: to - from }, (_, index) => fakeUpdate(from + index + 1));
  const page = params['columns'] === true ? { updates: [], columns: toColumns(updates) } : { updates };
  return { ...page, next: to < total ? to : null };
}

/** A check in two parts: one damaged document and one that nothing helps, then a notice. */
function storePart(params: Record<string, unknown>): unknown {
  const finding = {
    Kind: 'Document',
    Severity: 'Damage',
    Path: '/x.seg',
    Position: 5,
    RevisionId: 3,
    UpdateID: 'u',
    RevisionNumber: 1,
    Reason: 'broken',
    Repair: 'Fetch',
  };
  const numbers = { files: 1, transactions: 2, documents: 10, documentsInAll: 20, orphanedBytes: 4, offline: false };
  if (scenario.has('healthy')) return { findings: [], next: null, ...numbers };
  if (params['after'] === undefined)
    return {
      findings: [finding, { ...finding, Kind: 'Reference', RevisionId: null, Repair: 'None' }],
      next: 'totals:0',
      ...numbers,
    };
  return { findings: [{ ...finding, Severity: 'Notice', RevisionId: null, Repair: 'None' }], next: null, ...numbers };
}

answer('hello', () => ({
  moduleVersion: '0.1.0',
  contract: Number(scenario.get('contract') ?? contractVersion),
  processId: process.pid,
}));
answer('site/connect', ({ siteCode }) =>
  scenario.has('manySites') ? { ...fakeSite, SiteCode: siteCode ?? 'DEF' } : fakeSite,
);
answer('site/get', () => fakeSite);
answer('site/new', () => fakeSite);
answer('site/list', () => ({
  sites: scenario.has('manySites') ? [fakeSite, { ...fakeSite, SiteCode: 'PS1' }] : [fakeSite],
}));
answer('status/get', () => ({ status: [fakeStatus] }));
answer('health/get', () => fakeHealth);
answer('component/get', () => fakeComponent);
answer('component/set', () => ({ component: fakeComponent, warnings: ['Kept as pending: Windows 99'] }));
answer('schedule/encode', (params) => {
  try {
    return encodeTokens(params as unknown as ScheduleEncodeRequest);
  } catch (error) {
    throw toResponseError(error, 'schedule/encode');
  }
});
answer('category/list', () => ({ categories: [fakeCategory] }));
answer('update/list', updatePage);
answer('run/list', () => ({ runs: scenario.has('noRuns') ? [] : [fakeRun] }));
answer('service/describe', () => fakeService);
answer('service/install', () => fakeService);
answer('service/control', () => fakeService);
answer('site/repairAccess', (params) => ({
  SiteCode: 'ABC',
  InstallDir: 'C:\\S\\ABC',
  Reason: 'It belongs to S-1-5-21-9.',
  Steps: ['Set owner and access list of C:\\S\\ABC'],
  Changed: params['whatIf'] !== true,
}));
answer('update/set', () => ({ updates: [fakeUpdate(1)] }));
answer('sup/add', () => ({ softwareUpdatePoint: fakePoint, warnings: ['UseProxy has no effect'] }));
answer('sup/set', () => ({ softwareUpdatePoint: fakePoint, warnings: ['UseProxy has no effect'] }));
answer('site/joinToken', (params) => ({
  Token: 'abc',
  SiteCode: 'CS1',
  Role: params['role'],
  Address: params['address'] ?? 'https://cs1:8531',
  ExpirationTime: '2026-01-02T03:04:05.678Z',
}));
answer('site/certificate', () => ({
  Subject: 'CN=CS1',
  Thumbprint: 'AB12',
  NotAfter: '2051-01-02T03:04:05.000Z',
  Certificate: '-----BEGIN CERTIFICATE-----\nAAAA\n',
}));
answer('site/revoke', (params) => ({ SiteCode: params['siteCode'], ServerName: 'ps1' }));
answer('site/updateKey', () => ({ changed: ['NodeKey', 'Certificate'] }));
answer('site/tree', () => fakeTree);
answer('sup/list', () => ({ softwareUpdatePoints: [fakePoint] }));
answer('sup/remove', () => ({ defaultServerName: '' }));
answer('store/check', (params) => storePart(params));
answer('store/repair', (params) => ({
  repaired: ((params['revisions'] ?? []) as number[]).length,
  failed: [],
  rewritten: false,
  lost: params['acceptLoss'] === true ? 'all of journal.2.0' : null,
  backup: null,
  ...(params['rebuild'] === true ? { rebuilt: 40 } : {}),
}));
answer('maintenance/start', (params) => ({
  maintenance: { ...fakeMaintenance, WhatIf: params['whatIf'], Interrupted: scenario.has('interrupted') },
}));
answer('run/watch', () => ({}));
answer('sync/start', () => ({ run: fakeRun, started: !scenario.has('joined') }));
answer('run/wait', (params, token) =>
  params['timeoutSeconds'] === undefined
    ? waitForRun(token)
    : { run: { ...fakeRun, ...(scenario.has('finishedAs') ? { State: scenario.get('finishedAs') } : {}) } },
);
answer('run/stop', () =>
  scenario.has('idle')
    ? { run: null, stopped: false }
    : {
        run: { ...fakeRun, State: scenario.has('finished') ? 'Failed' : 'Cancelled' },
        stopped: !scenario.has('finished'),
      },
);
answer('message/list', (params) => ({
  messages: params['after'] === undefined ? [administration.fakeMessage] : [],
  next: params['after'] === undefined ? 9 : null,
}));
answer('alert/list', () => ({ alerts: [administration.fakeAlert] }));
answer('alert/set', () => ({ alert: administration.fakeAlert }));
answer('source/test', (params) => ({
  ...administration.fakeSourceTest,
  Succeeded: params['upstreamSourceLocation'] === undefined,
}));
answer('run/changes', (params) => ({
  changes: params['after'] === undefined ? [administration.fakeChange] : [],
  next: params['after'] === undefined ? 9 : null,
  isRecorded: scenario.get('unrecorded') === undefined,
}));
answer('content/list', () => ({ files: [administration.fakeContentFile] }));
for (const verb of ['get', 'set', 'run'])
  answer(`summarization/${verb}`, () => ({ schedule: administration.fakeSummarization }));
answer('site/backup', ({ path, password }) => ({ ...fakeBackup, Path: path, HasSecrets: password !== undefined }));
answer('site/restore', ({ path, whatIf }) => ({ ...fakeRestore, Path: path, WhatIf: whatIf === true }));
answer('catalog/export', () => ({ package: fakePackage }));
answer('catalog/inspect', () => ({ package: fakePackage }));
answer('catalog/import', () => ({ run: fakeRun, package: fakePackage }));
answer('content/save', (params) => ({
  folder: '/sites/ABC/Packages/p',
  files: scenario.has('saveFails')
    ? [administration.fakeSavedFile]
    : [{ ...administration.fakeSavedFile, Status: 'Saved' }],
  params,
}));
connection.onClose(() => process.exit(0));
connection.listen();
