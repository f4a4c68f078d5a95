import type { RunProgress } from '../contract/generated/types.js';

/** How fast a phase goes, and how long the rest of it takes at that pace. */
export interface Pace {
  readonly perSecond: number;
  /** Undefined where nothing can be said yet, or the phase does not know how much there is. */
  readonly secondsLeft: number | undefined;
}

/** The pace is that of the last half minute: a server may become slower. */
const WINDOW_MS = 30_000;
/** Less says nothing. */
const LEAST_MS = 1000;

interface Point {
  readonly time: number;
  readonly processed: number;
}

/** Works out the pace of a synchronization from what it tells of itself. */
export class RunPace {
  #phase = '';
  #points: readonly Point[] = [];

  /** The pace after a progress; `time` in ms. */
  note({ RunId, Phase, Processed, Total }: RunProgress, time: number): Pace {
    const phase = `${RunId} ${Phase} ${Total}`;
    const last = this.#points.at(-1);
    const isGoingOn = phase === this.#phase && Processed >= (last?.processed ?? 0);
    this.#phase = phase;
    this.#points = [
      ...(isGoingOn ? this.#points.filter((point) => point.time >= time - WINDOW_MS) : []),
      { time, processed: Processed },
    ];
    return this.#pace(Total);
  }

  #pace(total: number): Pace {
    const [first, last] = [this.#points[0], this.#points.at(-1)];
    const took = (last?.time ?? 0) - (first?.time ?? 0);
    const perSecond = took < LEAST_MS ? 0 : (((last?.processed ?? 0) - (first?.processed ?? 0)) / took) * 1000;
    const rest = total - (last?.processed ?? 0);
    return { perSecond, secondsLeft: perSecond > 0 && rest > 0 ? rest / perSecond : undefined };
  }
}
