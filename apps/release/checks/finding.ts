/** One thing that has to change before a release. */
export interface Finding {
  /** File, or package, and the place in it. */
  readonly where: string;
  /** What is wrong, and what to do. */
  readonly what: string;
}
