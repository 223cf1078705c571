/** What a branch of the compared tree holds. The rules are looked up by it. */
export type Role =
  | "document"
  | "servers"
  | "server"
  | "variables"
  | "variable"
  | "limits"
  | "limit"
  | "checks"
  | "check"
  | "errors"
  | "error"
  | "raised"
  | "tags"
  | "tag"
  | "componentNames"
  | "schemes"
  | "scheme"
  | "operations"
  | "operation"
  | "rate"
  | "parameters"
  | "parameter"
  | "body"
  | "contents"
  | "media"
  | "examples"
  | "responses"
  | "schema"
  | "properties"
  | "required"
  | "members"
  | "bits"
  | "bitRange"
  | "errorCodes"
  | "texts";

/** Values by a key that an edit elsewhere does not move (a list has no such keys), each with its JSON pointer in the description. */
export class Branch {
  readonly role: Role;
  readonly values: Map<string, unknown> = new Map();
  readonly pointers: Map<string, string> = new Map();

  constructor(role: Role) {
    this.role = role;
  }

  set(key: string, value: unknown, pointer: string): this {
    this.values.set(key, value);
    this.pointers.set(key, pointer);
    return this;
  }

  /** The branch under a key, made where there is none. */
  branch(key: string, role: Role, pointer: string): Branch {
    const present = this.values.get(key);
    if (present instanceof Branch) return present;
    const made = new Branch(role);
    this.set(key, made, pointer);
    return made;
  }
}
