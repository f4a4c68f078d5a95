import { firstSyncs } from './firstSync.js';
import type { Scenario } from './Scenario.js';

const BUDGETS = {
  time: '10,000: 3 s',
  'processor time': '10,000: 5 s',
  'peak memory': '10,000: 225 MB',
  disk: '10,000: 11 MB',
};

/** The catalogue as it comes: most of it is superseded by the rest. */
export const sync: Scenario = {
  name: 'sync',
  title: 'first synchronization of # updates, plain, every batch durable',
  size: 10_000,
  prepare: async (lab, updates) => firstSyncs(lab, { updates }, BUDGETS),
};

/** A catalogue of which nothing is superseded, expired or a part: the work behind the download is all there. */
export const syncAll: Scenario = {
  name: 'sync-all',
  title: 'first synchronization of # updates, all of which become software updates',
  size: 10_000,
  prepare: async (lab, updates) => firstSyncs(lab, { updates, allCurrent: true }, { time: '10,000: 3.5 s' }),
};
