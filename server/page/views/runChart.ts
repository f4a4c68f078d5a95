import type { Run } from '../../contract/generated/types.js';
import { type Html, html } from '../html.js';
import { TEXTS } from '../texts.js';
import { durationOf } from '../times.js';

const T = TEXTS.runs;
const WIDTH = 720;
const GAP = 2;
/** Heights of the bars of durations, and of those of changes below them. */
const HIGH = 100;
const LOW = 60;
const BETWEEN = 10;
const CROSS = 16;

/** Synchronizations, oldest first: bars of durations, a cross on failed ones, below them what was new and expired. */
export function runChart(runs: readonly Run[]): Html {
  const longest = Math.max(1, ...runs.map((run) => run.DurationSeconds));
  const most = Math.max(1, ...runs.map(({ Counts }) => Math.max(Counts.New, Counts.Expired)));
  const step = WIDTH / Math.max(20, runs.length);
  const bars = [...runs]
    .reverse()
    .map((run, index) => bar(run, { x: index * step, width: Math.max(1, step - GAP), longest, most }));
  const label = T.chart(durationOf(longest), most);
  return html`<figure>
    <svg class="chart" viewBox="0 0 ${WIDTH} ${CROSS + HIGH + BETWEEN + LOW}" role="img" aria-label="${label}">
      ${bars}
    </svg>
    <figcaption>${label}</figcaption>
  </figure>`;
}

interface Place {
  readonly x: number;
  readonly width: number;
  readonly longest: number;
  readonly most: number;
}

function bar(run: Run, place: Place): Html {
  const { x, width, longest, most } = place;
  const top = CROSS + HIGH;
  const bottom = top + BETWEEN + LOW;
  const height = Math.max(2, (run.DurationSeconds / longest) * HIGH);
  const half = width / 2;
  const { New, Expired } = run.Counts;
  const text = T.bar(run, durationOf(run.DurationSeconds));
  const isBad = run.State === 'Failed' || run.State === 'Cancelled';
  return html`<g class="${run.State.toLowerCase()}"
    ><title>${text}</title
    >${rect({ x, width, height, bottom: top })}${isBad ? cross(x, width, top - height) : undefined}${change('new', {
      x,
      width: half,
      height: (New / most) * LOW,
      bottom,
    })}${change('expired', { x: x + half, width: half, height: (Expired / most) * LOW, bottom })}</g
  >`;
}

interface Rectangle {
  readonly x: number;
  readonly width: number;
  readonly height: number;
  readonly bottom: number;
}

function change(kind: string, place: Rectangle): Html | undefined {
  return place.height === 0 ? undefined : rect({ ...place, height: Math.max(1, place.height) }, kind);
}

function rect({ x, width, height, bottom }: Rectangle, kind = 'duration'): Html {
  return html`<rect
    class="${kind}"
    x="${at(x)}"
    y="${at(bottom - height)}"
    width="${at(width)}"
    height="${at(height)}"
  />`;
}

function cross(x: number, width: number, top: number): Html {
  const [left, right, up, down] = [at(x), at(x + width), at(top - 12), at(top - 4)];
  return html`<path d="M${left} ${up}L${right} ${down}M${right} ${up}L${left} ${down}" />`;
}

function at(value: number): string {
  return String(Math.round(value * 10) / 10);
}
