/** What came of an attempt to deliver. */
export interface Outcome {
  readonly isDelivered: boolean;
  /** The receiver does not want it: another attempt has no sense. */
  readonly isFinal: boolean;
  /** What the server said, or what failed. */
  readonly answer: string;
}

export function delivered(answer: string): Outcome {
  return { isDelivered: true, isFinal: true, answer };
}

export function failed(answer: string, isFinal = false): Outcome {
  return { isDelivered: false, isFinal, answer };
}
