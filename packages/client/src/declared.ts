/** What the description declares of each operation. No code asks for an operation by its name. */
import { operations, type Field, type OkBody, type OperationId, type RequestBody } from "@contact-groups/openapi/model";

/** An operation as the description declares it. */
export interface Operation {
  readonly path: string;
  readonly effect: string;
  readonly rate: { readonly calls: number; readonly seconds: number };
  readonly paging?: Paging;
  readonly batch?: Batch;
  readonly itemResults?: ItemResults;
}

/** Where the pages of an operation begin and end, and what is on them. */
export interface Paging {
  /** Name of the method that goes through all pages. */
  readonly iterator: string;
  readonly start: string;
  readonly next: string;
  readonly complete: string;
  readonly items: string;
  /** A table of names beside the list. */
  readonly names?: string;
  /** How the names get into the items: `ids` of an item are the `id` of names; what is found is added `as` a list. */
  readonly join?: { readonly ids: string; readonly id: string; readonly name: string; readonly as: string };
}

/** The list of a request that can be sent in parts, and that of the response. */
export interface Batch {
  readonly request: string;
  readonly response: string;
  readonly names?: string;
  /** The field by which two names are the same. */
  readonly namesBy?: string;
}

/** Paths of the lists whose items can fail one by one. */
export interface ItemResults {
  readonly request: string;
  readonly response: string;
}

/** All operations. */
export const declared: Readonly<Record<OperationId, Operation>> = operations;

/** A JSON object whose fields are not trusted yet. */
export type Fields = Readonly<Record<string, unknown>>;

type Declared = typeof operations;
type With<Key extends string> = {
  [Id in OperationId]: Declared[Id] extends { readonly [Name in Key]: object } ? Id : never;
}[OperationId];

/** An operation whose responses are pages. */
export type PagedOperation = With<"paging">;
/** An operation that a long list can be given to. */
export type BatchOperation = With<"batch">;
/** An operation whose items can fail although the call succeeds. */
export type ItemOperation = With<"itemResults">;

/** What the description declares of an operation under a key. */
export type Of<Id extends OperationId, Key extends string> = Declared[Id] extends {
  readonly [Name in Key]: infer Value;
}
  ? Value
  : never;

/** A field of a type, by a name that another type has. */
export type At<Value, Name> = Name extends keyof Value ? NonNullable<Value[Name]> : never;

/** The items of a list. */
export type ItemOf<List> = List extends readonly (infer Item)[] ? Item : never;

/** The value at a path such as `/GroupContactItem/*`. */
type ValueAt<Value, Path extends string> = Path extends `/${infer Step}/${infer Rest}`
  ? ValueAt<Child<Value, Step>, `/${Rest}`>
  : Path extends `/${infer Step}`
    ? Child<Value, Step>
    : Value;
type Child<Value, Step extends string> = Step extends "*" ? ItemOf<Value> : At<Value, Step>;
type Parent<Path extends string> = Path extends `/${infer Step}/${infer Rest}`
  ? `/${Step}${Rest extends `${string}/${string}` ? Parent<`/${Rest}`> : ""}`
  : "";

/** An item of the response that has a code of its own. */
export type ItemResult<Id extends OperationId> = ItemOf<
  ValueAt<OkBody<Id>, Extract<At<Of<Id, "itemResults">, "response">, string>>
>;

/** What the request says of all items of a list, where it is in an item of another: the name of a conversation group. */
export type ItemOwner<Id extends OperationId> = Simple<
  Parent<Extract<At<Of<Id, "itemResults">, "request">, string>> extends infer Path extends `/${string}/*`
    ? ValueAt<RequestBody<Id>, Path>
    : object
>;
type Simple<Owner> = {
  readonly [
    Name in keyof Owner as Owner[Name] extends string | number | boolean | undefined ? Name : never
  ]: Owner[Name];
};

/** The field at a path of names, with `*` for the items of a list. */
export function fieldAt(field: Field | undefined, path: readonly string[]): Field | undefined {
  return path.reduce<Field | undefined>((at, name) => {
    if (at?.type === "array") return name === "*" ? at.items : undefined;
    return at?.type === "object" ? at.fields[name] : undefined;
  }, field);
}
