import type { Run } from '../../contract/generated/types.js';
import { type Html, html } from '../html.js';
import { durationOf } from '../times.js';

const WIDTH = 720;
const HEIGHT = 120;
const GAP = 2;

/** Synchronizations as bars of their durations, oldest first; what failed or was stopped has a cross on it. */
export function runChart(runs: readonly Run[], description: string): Html {
  const longest = Math.max(1, ...runs.map((run) => run.DurationSeconds));
  const step = WIDTH / Math.max(20, runs.length);
  const bars = [...runs].reverse().map((run, index) => bar(run, { x: index * step, width: step - GAP, longest }));
  return html`<svg class="chart" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${description}">${bars}</svg>`;
}

interface Place {
  readonly x: number;
  readonly width: number;
  readonly longest: number;
}

function bar(run: Run, { x, width, longest }: Place): Html {
  const height = Math.max(2, (run.DurationSeconds / longest) * (HEIGHT - 16));
  const top = HEIGHT - height;
  const at = (value: number): string => value.toFixed(1);
  const cross = run.State === 'Failed' || run.State === 'Cancelled';
  const [left, right, up, down] = [at(x), at(x + width), at(top - 12), at(top - 4)];
  return html`<g class="${run.State.toLowerCase()}"
    ><title>${run.Id}: ${durationOf(run.DurationSeconds)}, ${run.State}</title
    ><rect x="${left}" y="${at(top)}" width="${at(width)}" height="${at(height)}" />${
      cross ? html`<path d="M${left} ${up}L${right} ${down}M${right} ${up}L${left} ${down}" />` : undefined
    }</g
  >`;
}
