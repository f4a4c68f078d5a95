/** A stand-in for `node main.js stdio`: answers as FAKE_SCENARIO says and notes every message in FAKE_FOLDER. */
import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { createMessageConnection, ResponseError, StreamMessageReader, StreamMessageWriter } from 'vscode-jsonrpc/node';
import type { CancellationToken } from 'vscode-jsonrpc/node';
import { CONTRACT_VERSION } from '../../server/contract/methods.js';
import type { ScheduleEncodeRequest } from '../../server/contract/generated/types.js';
import { toSiteSystemServer } from '../../server/api/siteSystemServers.js';
import { toColumns } from '../../server/api/toSoftwareUpdate.js';
import { SyncError } from '../../server/errors/SyncError.js';
import { toResponseError } from '../../server/rpc/errors.js';
import { encodeTokens } from '../../server/schedule/answerSchedule.js';
import * as administration from './fakeAdministration.js';
import { FAKE_BACKUP, FAKE_MOVE, FAKE_OLD_DATABASE, FAKE_RESTORE } from './fakeBackup.js';
import { FAKE_SERVERS, FAKE_STOPPED_SERVER } from './fakeServers.js';
import { FAKE_TREE } from './fakeTree.js';
import {
  FAKE_CATEGORY,
  FAKE_COMPONENT,
  FAKE_MAINTENANCE,
  FAKE_NO_MAINTENANCE,
  FAKE_PACKAGE,
  FAKE_POINT,
  FAKE_RUN,
  FAKE_SERVICE,
  FAKE_SITE,
  FAKE_STATUS,
  fakeUpdate,
} from './fakeObjects.js';
import { FAKE_HEALTH } from './fakeHealth.js';

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
process.on('SIGHUP', () => fact('signal', 'SIGHUP'));
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
    const failsToo = scenario.has('failAll') && method !== 'hello' && method !== 'site/connect';
    if (scenario.get('fail') === method || failsToo) {
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
  return { run: { ...FAKE_RUN, ...(scenario.has('runFails') ? failed : { State: 'Succeeded', Succeeded: true }) } };
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
  contract: Number(scenario.get('contract') ?? CONTRACT_VERSION),
  processId: process.pid,
}));
answer('site/connect', ({ siteCode }) => {
  if (typeof siteCode === 'string' && siteCode === scenario.get('unknownSite'))
    throw toResponseError(new SyncError('SiteNotFound', { site: siteCode, known: 'ABC, PS1' }), 'site/connect');
  return scenario.has('manySites') ? { ...FAKE_SITE, SiteCode: siteCode ?? 'DEF' } : FAKE_SITE;
});
answer('site/get', () => FAKE_SITE);
answer('site/new', () => FAKE_SITE);
answer('site/attach', () => FAKE_SITE);
answer('site/list', () => ({
  sites: scenario.has('manySites') ? [FAKE_SITE, { ...FAKE_SITE, SiteCode: 'PS1' }] : [FAKE_SITE],
}));
answer('status/get', () => ({ status: [FAKE_STATUS] }));
answer('health/get', () => FAKE_HEALTH);
answer('component/get', () => FAKE_COMPONENT);
answer('component/set', () => ({ component: FAKE_COMPONENT, warnings: ['Kept as pending: Windows 99'] }));
answer('schedule/decode', () => ({ tokens: [] }));
answer('schedule/encode', (params) => {
  try {
    return encodeTokens(params as unknown as ScheduleEncodeRequest);
  } catch (error) {
    throw toResponseError(error, 'schedule/encode');
  }
});
answer('category/list', () => ({ categories: [FAKE_CATEGORY] }));
answer('update/list', updatePage);
answer('run/list', () => ({
  runs: scenario.has('noRuns') ? [] : [FAKE_RUN],
  ...(scenario.has('removedRuns') && { warnings: ['Old ones were removed.'] }),
}));
answer('service/describe', () => FAKE_SERVICE);
answer('service/install', () => FAKE_SERVICE);
answer('service/control', () => FAKE_SERVICE);
answer('site/repairAccess', (params) => ({
  SiteCode: 'ABC',
  InstallDir: 'C:\\S\\ABC',
  Reason: 'It belongs to S-1-5-21-9.',
  Steps: ['Set owner and access list of C:\\S\\ABC'],
  Changed: params['whatIf'] !== true,
}));
answer('update/set', (params) => {
  const unknown = Number(scenario.get('unknownUpdate'));
  if ((params['ciIds'] as number[] | undefined)?.includes(unknown) === true) {
    throw toResponseError(new SyncError('UpdateNotFound', { id: unknown }), 'update/set');
  }
  return { updates: [fakeUpdate(1)] };
});
answer('sup/add', () => ({ softwareUpdatePoint: FAKE_POINT, warnings: ['UseProxy has no effect'] }));
answer('sup/set', () => ({ softwareUpdatePoint: FAKE_POINT, warnings: ['UseProxy has no effect'] }));
answer('site/joinToken', (params) => ({
  Token: 'abc',
  SiteCode: 'CS1',
  Role: params['role'],
  Address: params['address'] ?? 'https://cs1:8531',
  ExpirationTime: '2026-01-02T03:04:05.678Z',
}));
const STATUS_TOKEN = {
  Name: 'Desk',
  SiteCode: 'ABC',
  CreationTime: '2026-01-02T03:04:05.678Z',
  ExpirationTime: '2026-04-02T03:04:05.678Z',
  IsExpired: false,
};
answer('statusToken/new', ({ name }) => ({
  Token: 'abc',
  Name: name,
  SiteCode: 'ABC',
  Address: '',
  ExpirationTime: STATUS_TOKEN.ExpirationTime,
  Warnings: ['No port is open.'],
}));
answer('statusToken/list', () => ({ tokens: [STATUS_TOKEN, { ...STATUS_TOKEN, Name: 'Old', IsExpired: true }] }));
answer('statusToken/remove', ({ name }) => ({ ...STATUS_TOKEN, Name: name }));
answer('server/list', () => ({ servers: FAKE_SERVERS }));
answer('server/remove', ({ serverName }) => ({ ...FAKE_STOPPED_SERVER, ServerName: serverName }));
answer('site/databaseKey', ({ path }) => ({ SiteCode: 'ABC', Key: '', Path: path }));
answer('site/setDatabaseKey', () => ({ where: 'd on h' }));
answer('database/updateKey', () => ({ servers: ['cm02', 'cm03'] }));
answer('site/setDatabaseAddress', () => ({ where: 'd on h', warnings: ['The engine is busy.'] }));
answer('report/get', ({ format }) => ({ text: `report in ${String(format)}\n`, warnings: ['Something is missing.'] }));
answer('site/certificate', () => ({
  Subject: 'CN=CS1',
  Thumbprint: 'AB12',
  NotAfter: '2051-01-02T03:04:05.000Z',
  Certificate: '-----BEGIN CERTIFICATE-----\nAAAA\n',
}));
answer('site/revoke', (params) => ({ SiteCode: params['siteCode'], ServerName: 'ps1' }));
answer('site/updateKey', () => ({ changed: ['NodeKey', 'Certificate'] }));
answer('site/tree', () => FAKE_TREE);
answer('sup/list', () => ({ softwareUpdatePoints: [FAKE_POINT] }));
answer('sup/remove', () => ({ defaultServerName: '' }));
for (const verb of ['add', 'set'])
  answer(`siteSystem/${verb}`, ({ serverName }) => ({
    server: toSiteSystemServer(String(serverName), 'ABC', { type: 8 }),
    warnings: ['Stored without effect: FdmOperation.'],
  }));
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
  maintenance: {
    ...FAKE_MAINTENANCE,
    ...(scenario.has('nothing') ? FAKE_NO_MAINTENANCE : {}),
    WhatIf: params['whatIf'],
    Interrupted: scenario.has('interrupted'),
  },
}));
answer('run/watch', () => ({}));
answer('sync/start', () => ({ run: FAKE_RUN, started: !scenario.has('joined') }));
answer('run/wait', (params, token) =>
  params['timeoutSeconds'] === undefined
    ? waitForRun(token)
    : { run: { ...FAKE_RUN, ...(scenario.has('finishedAs') ? { State: scenario.get('finishedAs') } : {}) } },
);
answer('run/stop', () =>
  scenario.has('idle')
    ? { run: null, stopped: false }
    : {
        run: { ...FAKE_RUN, State: scenario.has('finished') ? 'Failed' : 'Cancelled' },
        stopped: !scenario.has('finished'),
      },
);
answer('message/list', (params) => ({
  messages: params['after'] === undefined ? [administration.FAKE_MESSAGE] : [],
  next: params['after'] === undefined ? 9 : null,
}));
answer('alert/list', () => ({ alerts: [administration.FAKE_ALERT] }));
answer('componentStatus/list', () => ({ components: [administration.FAKE_COMPONENT] }));
answer('componentStatus/clear', () => ({ components: [], warnings: ['There is none.'] }));
answer('maintenanceTask/list', () => ({ tasks: [administration.FAKE_TASK] }));
answer('maintenanceTask/set', () => ({ tasks: [administration.FAKE_TASK], warnings: [] }));
answer('statusRule/list', () => ({ rules: [administration.FAKE_RULE] }));
answer('statusRule/set', () => ({ rules: [administration.FAKE_RULE], warnings: ['It does nothing.'] }));
answer('statusRule/remove', () => ({ removed: [administration.FAKE_RULE.Name] }));
answer('alert/set', () => ({ alert: administration.FAKE_ALERT }));
answer('subscription/list', () => ({ subscriptions: [administration.FAKE_SUBSCRIPTION] }));
for (const verb of ['add', 'set'])
  answer(`subscription/${verb}`, () => ({ subscription: administration.FAKE_SUBSCRIPTION, warnings: [] }));
answer('subscription/remove', () => ({ names: ['On call'] }));
answer('subscription/test', () => ({ results: [administration.FAKE_DELIVERY_TEST] }));
answer('notification/get', () => administration.FAKE_NOTIFICATION);
answer('notification/set', () => ({ notification: administration.FAKE_NOTIFICATION, warnings: ['Nobody listens.'] }));
answer('alert/switch', () => ({ alerts: [administration.FAKE_ALERT] }));
answer('alert/remove', () => ({ removed: [administration.FAKE_ALERT.ID] }));
answer('source/test', (params) => ({
  ...administration.FAKE_SOURCE_TEST,
  Succeeded: params['upstreamSourceLocation'] === undefined,
}));
answer('run/changes', (params) => ({
  changes: params['after'] === undefined ? [administration.FAKE_CHANGE] : [],
  next: params['after'] === undefined ? 9 : null,
  isRecorded: scenario.get('unrecorded') === undefined,
}));
answer('content/list', () => ({ files: [administration.FAKE_CONTENT_FILE] }));
for (const verb of ['get', 'set', 'run'])
  answer(`summarization/${verb}`, () => ({ schedule: administration.FAKE_SUMMARIZATION }));
answer('site/backup', ({ path, password }) => ({ ...FAKE_BACKUP, Path: path, HasSecrets: password !== undefined }));
answer('site/move', ({ database, whatIf }) => ({ ...FAKE_MOVE, Database: database, WhatIf: whatIf === true }));
answer('site/removeOldDatabase', ({ whatIf, leaveOnServer }) => ({
  ...FAKE_OLD_DATABASE,
  Left: leaveOnServer === true,
  WhatIf: whatIf === true,
}));
answer('site/restore', ({ path, whatIf }) => ({ ...FAKE_RESTORE, Path: path, WhatIf: whatIf === true }));
answer('catalog/export', () => ({ package: FAKE_PACKAGE }));
answer('catalog/inspect', () => ({ package: FAKE_PACKAGE }));
answer('catalog/import', () => ({ run: FAKE_RUN, package: FAKE_PACKAGE }));
answer('content/save', (params) => ({
  folder: '/sites/ABC/Packages/p',
  files: scenario.has('saveFails')
    ? [administration.FAKE_SAVED_FILE]
    : [{ ...administration.FAKE_SAVED_FILE, Status: 'Saved' }],
  params,
}));
connection.onClose(() => process.exit(0));
connection.listen();
