/**
 * Words for NODE_OPTIONS under which a process finds the wall clock at a second of its minute; time goes on as ever.
 * What happens at the next minute need not be waited for so long.
 */
export function laterClock(second: number, now = Date.now()): string {
  const at = now % 60_000;
  const shift = (second * 1000 - at + 60_000) % 60_000;
  const code = `const Real = Date;
globalThis.Date = class Date extends Real {
  constructor(...given) {
    if (given.length === 0) super(Real.now() + ${shift});
    else super(...given);
  }
  static now() {
    return Real.now() + ${shift};
  }
};`;
  return `--import=data:text/javascript,${encodeURIComponent(code)}`;
}
