const STAMP = /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z/g;

/** A time as the clock of this machine shows it: `2026-11-30 06:15:00`. */
export function localTime(time: number | string | Date): string {
  const date = new Date(time);
  const two = (value: number): string => String(value).padStart(2, '0');
  const day = [String(date.getFullYear()).padStart(4, '0'), two(date.getMonth() + 1), two(date.getDate())].join('-');
  return `${day} ${[date.getHours(), date.getMinutes(), date.getSeconds()].map(two).join(':')}`;
}

/** A text for people, with the stamps in it (ISO 8601, UTC) as times of this machine. */
export function withLocalTimes(text: string): string {
  return text.replace(STAMP, (stamp) => (Number.isNaN(Date.parse(stamp)) ? stamp : localTime(stamp)));
}
