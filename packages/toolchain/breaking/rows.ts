/** How large a step is, as changesets say it. */
export type Bump = "patch" | "minor" | "major";

/** One row of the table in .changeset/README.md, and what follows from it for those who use the description. */
export interface Row {
  bump: Bump;
  /** The edit, and why it is that bump: the words of the table. */
  edit: string;
  why: string;
  whoBreaks: string;
  whatToDo: string;
}

/** Which edit of the description is which bump. A test compares it with the table that people read, row by row. */
export const rows = {
  text: {
    bump: "patch",
    edit: "a text: `description`, `summary`, `info.md`, `cause`, `fix`, `note`, `SOURCES.md`",
    why: "nobody's program reads it",
    whoBreaks: "Nobody.",
    whatToDo: "Nothing to do.",
  },
  example: {
    bump: "patch",
    edit: "an example added or mended; `x-source` added or mended",
    why: "contract tests that name an example keep working",
    whoBreaks: "Nobody.",
    whatToDo: "Nothing to do.",
  },
  added: {
    bump: "minor",
    edit: "an operation, an optional request field, a response field, a server added",
    why: "old programs do not use it",
    whoBreaks: "Nobody.",
    whatToDo: "Nothing to do.",
  },
  errorAdded: {
    bump: "minor",
    edit: "an error code added; `status` of an entry changed",
    why: "`ErrorCode` is open: readers take any integer",
    whoBreaks: "Nobody.",
    whatToDo: "Nothing to do. Programs that act on codes can act on this one too.",
  },
  loosened: {
    bump: "minor",
    edit: "a request limit raised, a request field no longer required",
    why: "every old request is still valid",
    whoBreaks: "Nobody.",
    whatToDo: "Nothing to do.",
  },
  promised: {
    bump: "minor",
    edit: "a limit of a response changed; a response field newly required",
    why: "readers meet the same fields and types",
    whoBreaks: "Nobody, unless a program keeps the value in a place made to measure.",
    whatToDo: "Compare the new limit with where the value is stored.",
  },
  removed: {
    bump: "major",
    edit: "a field, operation, server, example or error code removed or renamed",
    why: "programs name it",
    whoBreaks: "Every program and every contract test that names it.",
    whatToDo: "Remove the old name, or write the new one in its place.",
  },
  refused: {
    bump: "major",
    edit: "a request field newly required; a request limit lowered",
    why: "old requests are refused",
    whoBreaks: "Every program that still sends what was right before.",
    whatToDo: "Send what the new description asks for, and check values before they are sent.",
  },
  retyped: {
    bump: "major",
    edit: "a type, format, pattern, unit or `const` changed",
    why: "programs send and read the old one",
    whoBreaks: "Every program that sends or reads the value; typed ones no longer compile.",
    whatToDo: "Send and read the value as the new description has it.",
  },
  unpromised: {
    bump: "major",
    edit: "a response field no longer required",
    why: "readers rely on its presence",
    whoBreaks: "Every program that reads the field without asking whether it is there.",
    whatToDo: "Read the field as one that can be absent.",
  },
  advice: {
    bump: "major",
    edit: "`retry`, `retryAfterSeconds` or `category` of an error code changed; `x-effect`, `x-paging`, `x-batch` or `x-itemResults` changed",
    why: "clients act on it by themselves",
    whoBreaks: "Every program that relies on what the client repeats by itself, or that catches its class of error.",
    whatToDo: "Check what the program does after this failure, and which class of error it catches.",
  },
  answered: {
    bump: "major",
    edit: "the code answered beyond a limit or by a check changed; a check added",
    why: "programs and tests wait for that code",
    whoBreaks: "Every program or test that expects the old answer.",
    whatToDo: "Expect the new code there.",
  },
  closed: {
    bump: "major",
    edit: "an open enumeration closed or a closed one opened; an alternative or a value added to a response or removed",
    why: "a new value would break readers",
    whoBreaks: "Every program that lists the values, and every reader when a value comes that it does not list.",
    whatToDo: "Compare the values that the program lists with the new ones, and keep a branch for any other.",
  },
  access: {
    bump: "major",
    edit: "a credential, the host of a region, the first server, the name of an operation or its tag changed",
    why: "settings and generated clients hold it",
    whoBreaks: "Every program, firewall rule and generated client that holds the old value.",
    whatToDo: "Write the new value where the old one is set, and generate clients again.",
  },
  unrated: {
    bump: "major",
    edit: "an edit that no rule rates",
    why: "major until a rule says otherwise",
    whoBreaks: "Nobody has judged it yet.",
    whatToDo: "Compare the old value with the new one wherever the program relies on it.",
  },
} as const;
