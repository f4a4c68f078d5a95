import { expect } from 'chai';
import path from 'node:path';
import type { Run } from '../../server/contract/generated/types.js';
import { noCounts } from '../../server/sync/prepareRun.js';
import { openEngine } from '../../server/engine/openEngine.js';
import type { RunningEngine } from '../../server/engine/RunningEngine.js';
import { realSiteEnvironment } from '../../server/site/SiteFolder.js';
import type { SiteFolder } from '../../server/site/SiteFolder.js';
import { createSite } from '../../server/site/createSite.js';
import { realFiles, storePlaceOf } from '../../server/store/StorePlace.js';
import { openSiteDatabase } from '../../server/store/embedded/openSiteDatabase.js';
import { temporaryFolder } from '../fixtures/temporaryFolder.js';
import { newRequestId } from './TestSite.js';
import { QUIET_REQUEST } from '../fixtures/quietRequest.js';

const CUT_OFF: Run = {
  Id: 1,
  SiteCode: 'ABC',
  Requester: 'Schedule',
  RequestedBy: '',
  Kind: 'Delta',
  Reason: 'x',
  State: 'Running',
  Succeeded: false,
  Phase: 'Starting',
  StartTime: '2026-11-25T02:00:00.010Z',
  EndTime: null,
  DurationSeconds: 0,
  Processed: 0,
  Total: 0,
  PercentComplete: 0,
  Counts: noCounts(),
  Size: null,
  SyncCatalogVersion: 0,
  ErrorId: '',
  ErrorMessage: '',
  NextStep: '',
  FailedUpdates: [],
  Warnings: [],
};

describe('An engine that opens', () => {
  let site: SiteFolder;
  let engine: RunningEngine;
  let beat: (() => Promise<void>) | undefined;
  let isOpen = false;
  const close = async (): Promise<void> => {
    if (isOpen) await engine.close();
    isOpen = false;
  };
  // Before the folder is removed.
  afterEach(close);
  const folder = temporaryFolder();
  const runs = async (): Promise<readonly Run[]> => (await engine.service['run/list']({}, QUIET_REQUEST)).runs;

  beforeEach(async () => {
    site = await createSite(
      { requestId: newRequestId(), siteCode: 'ABC', path: path.join(folder(), 'ABC') },
      realSiteEnvironment(),
    );
    const database = await openSiteDatabase({
      place: storePlaceOf(site),
      files: realFiles,
      generation: 1,
    });
    await database.commit({ run: { id: 1, state: 'Running', json: JSON.stringify(CUT_OFF) } });
    await database.close();
    engine = await openEngine({
      site,
      generation: 2,
      onIdle: () => undefined,
      stop: () => undefined,
      ticker: (action) => {
        beat = action;
        return () => (beat = undefined);
      },
    });
    isOpen = true;
    await engine.service['component/set'](
      { requestId: newRequestId(), upstreamSourceLocation: 'http://127.0.0.1:1' },
      QUIET_REQUEST,
    );
  });
  it('starts nothing by itself, and at the first beat goes on with what was cut off', async () => {
    expect((await runs()).map((run) => [run.Id, run.State])).to.deep.equal([[1, 'Failed']]);
    await beat?.();
    expect((await runs())[0]).to.include({ Id: 2, Requester: 'Retry' });
  });

  it('has no beat any more when it is closed', async () => {
    await close();
    expect(beat).to.equal(undefined);
  });
});
