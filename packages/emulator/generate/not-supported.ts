/** The description says something that the generators cannot render: where, as a JSON pointer in the bundle, what is supported, and what to do. */
export class NotSupported extends Error {
  readonly pointer: string;

  constructor(pointer: string, message: string) {
    super(message);
    this.name = "NotSupported";
    this.pointer = pointer;
  }
}
