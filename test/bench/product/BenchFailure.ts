/** Why something could not be measured, in words for the table. */
export class BenchFailure extends Error {
  override readonly name = 'BenchFailure';
}
