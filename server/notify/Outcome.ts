/** What came of an attempt to deliver. */
export interface Outcome {
  readonly isDelivered: boolean;
  /** The receiver does not want it: another attempt has no sense. */
  readonly isFinal: boolean;
  /** It does not want this message, and may take another one. */
  readonly isRefused: boolean;
  /** What the server said, or what failed. */
  readonly answer: string;
}

export function delivered(answer: string): Outcome {
  return { isDelivered: true, isFinal: true, isRefused: false, answer };
}

export function failed(answer: string, isFinal = false): Outcome {
  return { isDelivered: false, isFinal, isRefused: false, answer };
}

/** What the receiver said against this one message. */
export function refused(answer: string): Outcome {
  return { ...failed(answer), isRefused: true };
}
