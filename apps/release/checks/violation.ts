/** A rule of the repository that a file breaks. It must be fixed before a release. */
export interface RepositoryViolation {
  /** The file or package, and the position in it. */
  readonly where: string;
  /** What is wrong, and how to fix it. */
  readonly what: string;
}
