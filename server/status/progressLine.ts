/** Progress of one step; times in ms. */
interface StepProgress {
  readonly processed: number;
  readonly total: number;
  readonly elapsed: number;
}

/**
 * `sync: WSUS synchronizing updates, processed 122 out of 130 items (93%), ETA in 00:00:03` (configmgr.md section 3.3).
 */
export function progressLine(step: string, progress: StepProgress): string {
  const { processed, total, elapsed } = progress;
  const percent = percentOf(processed, total);
  const eta =
    processed === 0 || processed >= total ? '' : `, ETA in ${clock((elapsed / processed) * (total - processed))}`;
  return `${step}, processed ${processed} out of ${total} items (${percent}%)${eta}`;
}

export function percentOf(processed: number, total: number): number {
  return total === 0 ? 100 : Math.floor((processed / total) * 100);
}

/** `0d00h03m53s`. */
export function durationText(milliseconds: number): string {
  const seconds = Math.round(milliseconds / 1000);
  const two = (value: number): string => String(value).padStart(2, '0');
  return (
    `${Math.floor(seconds / 86_400)}d${two(Math.floor(seconds / 3600) % 24)}h` +
    `${two(Math.floor(seconds / 60) % 60)}m${two(seconds % 60)}s`
  );
}

function clock(milliseconds: number): string {
  const seconds = Math.ceil(milliseconds / 1000);
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${two(Math.floor(seconds / 3600))}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
}
