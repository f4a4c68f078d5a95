/** Time, passed in so that tests need not wait. */
export interface Clock {
  now(): Date;
  /** Runs the action once after so many milliseconds; the result takes it back. */
  after(milliseconds: number, action: () => void): () => void;
}

/** The real time. Its timers do not keep a process alive that has nothing else to do. */
export const systemClock: Clock = {
  now: () => new Date(),
  after: (milliseconds, action) => {
    const timer = setTimeout(action, milliseconds).unref();
    return () => clearTimeout(timer);
  },
};
