import type { Run, RunSize } from '../../contract/generated/types.js';
import { bytesText } from '../bytesText.js';
import { type Html, html } from '../html.js';
import { TEXTS } from '../texts.js';

const T = TEXTS.runs.growth;
const WIDTH = 720;
const HEIGHT = 60;

/** How catalogue and disk grew over synchronizations, the newest first; runs of old versions have no size. */
export function growthChart(runs: readonly Run[]): Html | undefined {
  const sizes = runs.flatMap(({ Size }) => (Size === null ? [] : [Size])).reverse();
  if (sizes.length < 2) return undefined;
  const updates = sizes.map(({ Updates }) => Updates);
  return html`${line(updates, T.Updates, (count) => count.toLocaleString('en'))}${line(
    sizes.map(diskOf),
    T.Disk,
    bytesText,
  )}`;
}

function diskOf({ DocumentBytes, DatabaseBytes }: RunSize): number {
  return DocumentBytes + DatabaseBytes;
}

/** One value over time, the oldest first, between its least and its most. */
function line(
  values: readonly number[],
  labelOf: (from: string, to: string) => string,
  textOf: (value: number) => string,
): Html {
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const step = WIDTH / (values.length - 1);
  const height = (value: number): number => 2 + (HEIGHT - 4) * (1 - (value - low) / Math.max(1, high - low));
  const points = values.map((value, index) => `${Math.round(index * step)} ${Math.round(height(value))}`).join('L');
  const label = labelOf(textOf(values[0] ?? 0), textOf(values.at(-1) ?? 0));
  return html`<figure>
    <svg class="chart growth" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${label}">
      <path d="M${points}" />
    </svg>
    <figcaption>${label}</figcaption>
  </figure>`;
}
