import { changed } from './changed.js';
import { database } from './database.js';
import { downstream, downstreamGzip } from './downstream.js';
import { hierarchy } from './hierarchy.js';
import { large } from './large.js';
import { lzx } from './lzx.js';
import { nothingNew } from './nothingNew.js';
import { page } from './page.js';
import { prompt } from './prompt.js';
import type { Scenario } from './Scenario.js';
import { serve } from './serve.js';
import { sites } from './sites.js';
import { serveGzip } from './serveGzip.js';
import { stalls } from './stalls.js';
import { start } from './start.js';
import { sync, syncAll } from './sync.js';
import { transfer } from './transfer.js';

/** All there are, in the order in which they run. */
export const scenarios: readonly Scenario[] = [
  sync,
  syncAll,
  lzx,
  nothingNew,
  changed,
  large,
  start,
  serve,
  serveGzip,
  transfer,
  stalls,
  prompt,
  hierarchy,
  page,
  sites,
  database,
  downstream,
  downstreamGzip,
];

/** What runs when none is named: the figures of the design. */
export const USUAL_SCENARIOS: readonly string[] = ['sync', 'lzx', 'nothing-new', 'start', 'transfer'];
