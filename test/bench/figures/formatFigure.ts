import type { Unit } from './Measure.js';
import type { Summary } from './statistics.js';

/** A value as a budget reads it. */
export function formatValue(value: number, unit: Unit): string {
  if (unit === 'ms') return value < 100 ? `${value.toFixed(1)} ms` : `${(value / 1000).toFixed(2)} s`;
  if (unit === 'ratio') return value.toFixed(2);
  if (unit !== 'bytes') return String(Math.round(value));
  return value < 1e5 ? `${(value / 1000).toFixed(1)} KB` : `${(value / 1e6).toFixed(1)} MB`;
}

/** The median with the lowest and the highest value behind it; alone where they read the same. */
export function formatSummary({ median, lowest, highest }: Summary, unit: Unit): string {
  const [middle, low, high] = [median, lowest, highest].map((value) => formatValue(value, unit)) as [
    string,
    string,
    string,
  ];
  if (low === high) return middle;
  const [lowNumber = low, lowUnit] = low.split(' ');
  return `${middle} (${lowUnit === high.split(' ')[1] ? lowNumber : low} to ${high})`;
}
