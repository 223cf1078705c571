/** What the description declares for each operation, and the types that follow from it. Only the files of `operations` name one. */
import { operations, type Field, type OkBody, type OperationId, type RequestBody } from "@contact-groups/openapi/model";

/** An operation as the description declares it. */
export interface DeclaredOperation {
  readonly path: string;
  readonly effect: string;
  /** Whether two calls leave the same state as one. */
  readonly idempotent: boolean;
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
  /** A table of names next to the list. */
  readonly names?: string;
  /** How the names are added to the items: `ids` of an item are the `id` of names; those found are added `as` a list. */
  readonly join?: { readonly ids: string; readonly id: string; readonly name: string; readonly as: string };
}

/** The list of a request that can be sent in parts, and that of the response, as JSON pointers. */
export interface Batch {
  readonly request: string;
  readonly response: string;
  readonly names?: string;
  /** The field that identifies a name. */
  readonly namesBy?: string;
  /** Codes with which the whole call fails because of one item. */
  readonly itemErrors?: readonly number[];
}

/** Paths of the lists whose items can fail one by one. */
export interface ItemResults {
  readonly request: string;
  readonly response: string;
}

/** All operations. */
export const declared: Readonly<Record<OperationId, DeclaredOperation>> = operations;

/** Names of all operations. */
export const operationIds = Object.keys(operations) as readonly OperationId[];

/** Path of an endpoint of the service, without the first slash. */
export type EndpointPath = `v4/${string}`;

/** What is called: an operation of the description, or the path of any other endpoint. */
export type Endpoint = OperationId | EndpointPath;

/** What is assumed of an endpoint that the description does not have: it changes something, and its rate is the lowest of all operations. */
const undeclared = {
  idempotent: false,
  rate: Object.values(declared).reduce(({ rate }, one) =>
    one.rate.calls / one.rate.seconds < rate.calls / rate.seconds ? one : { ...one, rate },
  ).rate,
};

/** Returns what each endpoint has. */
export function endpointOf(endpoint: Endpoint): Pick<DeclaredOperation, "path" | "idempotent" | "rate"> {
  return Object.hasOwn(declared, endpoint)
    ? declared[endpoint as OperationId]
    : { ...undeclared, path: `/${endpoint}` };
}

/** Returns the operation at a path; the path itself if the description has none there. */
export function endpointAt(path: EndpointPath): Endpoint {
  return operationIds.find((id) => declared[id].path === `/${path}`) ?? path;
}

/** A JSON object whose fields are not trusted yet. */
export type UntrustedObject = Readonly<Record<string, unknown>>;

type Declared = typeof operations;
type With<Key extends string> = {
  [Id in OperationId]: Declared[Id] extends { readonly [Name in Key]: object } ? Id : never;
}[OperationId];

/** An operation whose responses are pages. */
export type PagedOperation = With<"paging">;
/** An operation that accepts a long list. */
export type BatchOperation = With<"batch">;
/** An operation whose items can fail one by one. */
export type ItemOperation = With<"itemResults"> | RefusingOperation;
/** An operation that fails as a whole because of one item. */
type RefusingOperation = {
  [Id in OperationId]: Declared[Id] extends { readonly batch: { readonly itemErrors: object } } ? Id : never;
}[OperationId];

/** An operation that changes nothing. */
export type ReadOperation = {
  [Id in OperationId]: Declared[Id] extends { readonly effect: "read" } ? Id : never;
}[OperationId];

/** The declaration of an operation under a key. */
export type Of<Id extends OperationId, Key extends string> = Declared[Id] extends {
  readonly [Name in Key]: infer Value;
}
  ? Value
  : never;

/** A field of a type, by a name that another type has. Of several types, those that have it. */
export type At<Value, Name> = Value extends unknown
  ? Name extends keyof Value
    ? NonNullable<Value[Name]>
    : never
  : never;

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
type ItemResult<Id extends OperationId> = ItemOf<
  ValueAt<OkBody<Id>, Extract<At<Of<Id, "itemResults">, "response">, string>>
>;

/** Fields of the request that apply to all items of a nested list, such as the name of a conversation group. */
type ItemOwner<Id extends OperationId> = Simple<
  Parent<Extract<At<Of<Id, "itemResults">, "request">, string>> extends infer Path extends `/${string}/*`
    ? ValueAt<RequestBody<Id>, Path>
    : object
>;
type Simple<Owner> = {
  readonly [
    Name in keyof Owner as Owner[Name] extends string | number | boolean | undefined ? Name : never
  ]: Owner[Name];
};

/** An item of a request that failed although the call succeeded, with the fields of the request that apply to its whole list. */
export type ItemFailure<Operation extends OperationId> = (Operation extends RefusingOperation
  ? RefusedItem<Operation>
  : Omit<ItemResult<Operation>, "ResultCode"> & ItemOwner<Operation>) & {
  /** A code of the error catalogue, or one that it does not list. */
  readonly ResultCode: number;
  /** JSON pointer of the item in the request's body; undefined if the request does not name it. */
  readonly pointer: string | undefined;
};

/** An item because of which a call failed, under the name of its list. */
type RefusedItem<Operation extends BatchOperation> =
  Extract<At<Of<Operation, "batch">, "request">, string> extends infer Path extends string
    ? ItemUnder<ValueAt<RequestBody<Operation>, Parent<Path>>, LastName<Path>> & {
        /** `ErrorInfo` of the call. */
        readonly ResultInfo: string;
      }
    : never;
/** An item of the list of an owner, with the text of the list: a mapped type copies it where its names are keys of the owner. */
type ItemUnder<Owner, Name extends string> = ItemsUnder<Owner, Name & keyof Owner>;
type ItemsUnder<Owner, Name extends keyof Owner> = { readonly [Key in Name]: ItemOf<Owner[Key]> };
type LastName<Path> = Path extends `${string}/${infer Rest}`
  ? Rest extends `${string}/${string}`
    ? LastName<Rest>
    : Rest
  : Path & string;

/**
 * The response of an operation whose items can fail, with the items that failed.
 *
 * @example
 * ```ts
 * function allAdded({ failures }: ItemResponse<"createContactGroup">): boolean {
 *   return failures.length === 0;
 * }
 * ```
 */
export type ItemResponse<Operation extends OperationId> = OkBody<Operation> & {
  /** The items of the request that failed. With the option `throwOnPartialFailure` they are thrown as a `PartialFailureError`. */
  readonly failures: readonly ItemFailure<Operation>[];
};

/**
 * What a call of an operation resolves to: the body of a successful response, with `failures` where single items can fail.
 *
 * @example
 * ```ts
 * function show({ failures }: OperationResult<"createContactGroup">): void {
 *   for (const { pointer, ResultCode } of failures) console.log(pointer, ResultCode);
 * }
 * ```
 */
export type OperationResult<Operation extends OperationId> = Operation extends ItemOperation
  ? ItemResponse<Operation>
  : OkBody<Operation>;

/** An item of the list that is sent in parts. */
export type BatchItem<Operation extends BatchOperation> = ItemOf<
  ValueAt<RequestBody<Operation>, Extract<At<Of<Operation, "batch">, "request">, string>>
>;

/** Returns the names on a path such as `/UpdateGroup/ContactUpdateItem`. */
export function namesOn(path: string): string[] {
  return path.split("/").slice(1);
}

/** Returns the field at a path of names, with `*` for the items of a list. */
export function fieldAt(field: Field | undefined, path: readonly string[]): Field | undefined {
  return path.reduce<Field | undefined>((at, name) => {
    if (at?.type === "array") return name === "*" ? at.items : undefined;
    if (at?.type === "union") return at.alternatives.find(({ fields }) => Object.hasOwn(fields, name))?.fields[name];
    return at?.type === "object" ? at.fields[name] : undefined;
  }, field);
}

/** Returns the value at a path of names; undefined if there is none. */
export function valueAt(value: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>((at, name) => (at as UntrustedObject | null | undefined)?.[name], value);
}

/** Returns a copy of an object with another value at a path of names. */
export function withValueAt(value: unknown, [name, ...rest]: readonly string[], inner: unknown): unknown {
  if (name === undefined) return inner;
  return { ...(value as object), [name]: withValueAt((value as UntrustedObject | undefined)?.[name], rest, inner) };
}

/**
 * Returns a value for a request without the fields that only responses have, so that an item of a response can be an item of a request. Other fields that
 * the description does not know are kept: the service may accept them. What has none of the fields is not copied.
 */
export function withoutResponseOnly(field: Field | undefined, value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  let copy: any;
  const set = (name: string | number, inner: Field | undefined): void => {
    const old = (value as UntrustedObject)[name];
    const changed = withoutResponseOnly(inner, old);
    if (changed === old) return;
    copy ??= Array.isArray(value) ? [...value] : { ...value };
    copy[name] = changed;
  };
  if (field?.type === "array") {
    if (Array.isArray(value)) for (const index of value.keys()) set(index, field.items);
    return copy ?? value;
  }
  const object =
    field?.type === "union"
      ? field.alternatives.find((one) => one.value === (value as UntrustedObject)[field.by])
      : field;
  if (object?.type !== "object") return value;
  for (const name of object.responseOnly ?? [])
    if (Object.hasOwn(value, name)) {
      copy ??= { ...value };
      delete copy[name];
    }
  for (const name in object.fields) set(name, object.fields[name]);
  return copy ?? value;
}
