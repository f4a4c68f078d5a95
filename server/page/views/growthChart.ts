import type { Run } from '../../contract/generated/types.js';
import { type Html, html } from '../html.js';
import { TEXTS } from '../texts.js';

const T = TEXTS.runs;
const WIDTH = 720;
const HEIGHT = 60;

/** How the number of software updates grew over synchronizations, the newest first: new ones less removed ones. */
export function growthChart(runs: readonly Run[]): Html | undefined {
  if (runs.length < 2) return undefined;
  const sums = [0];
  for (const { Counts } of runs.toReversed()) sums.push((sums.at(-1) ?? 0) + Counts.New - Counts.Removed);
  const [low, high] = [Math.min(...sums), Math.max(...sums)];
  const step = WIDTH / runs.length;
  const height = (sum: number): number => 2 + (HEIGHT - 4) * (1 - (sum - low) / Math.max(1, high - low));
  const points = sums.map((sum, index) => `${Math.round(index * step)} ${Math.round(height(sum))}`).join('L');
  const label = T.growth(sums.at(-1) ?? 0, runs.length);
  return html`<figure>
    <svg class="chart growth" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${label}">
      <path d="M${points}" />
    </svg>
    <figcaption>${label}</figcaption>
  </figure>`;
}
