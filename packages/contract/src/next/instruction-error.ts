/** An instruction that can't be followed. */
export class InstructionError extends TypeError {
  /** JSON pointer in what was given to `next` or `always`: `/operation`, `/answers/0/error`, `/answer/body/ErrorCode`. */
  readonly pointer: string;

  constructor(pointer: string, message: string) {
    super(message);
    this.name = "InstructionError";
    this.pointer = pointer;
  }

  /** Runs a check of a part, and names its place in the whole. */
  static at<Result>(pointer: string, check: () => Result): Result {
    try {
      return check();
    } catch (error) {
      if (!(error instanceof InstructionError)) throw error;
      throw new InstructionError(pointer + error.pointer, error.message);
    }
  }
}
