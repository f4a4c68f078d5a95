import { firstSyncs } from './firstSync.js';
import type { Scenario } from './Scenario.js';

/** Documents in cabinets, as Microsoft Update sends them. */
export const lzx: Scenario = {
  name: 'lzx',
  title: 'first synchronization of # updates in LZX cabinets',
  size: 1000,
  prepare: async (lab, updates) => firstSyncs(lab, { updates, blob: 'lzx' }, { time: '1,000: 0.45 s' }),
};
