import type { RequestRule } from "@contact-groups/core/check";
import type { Failure, Success } from "@contact-groups/openapi/bodies";
import type {
  ErrorName,
  limits,
  OkMembers,
  OperationId,
  operations,
  RequestBody,
  RequestCheck,
} from "@contact-groups/openapi/model";
import type { ItemFaults } from "./item-results.ts";
import type { Draft } from "./json.ts";
import type { Settings } from "./settings.ts";
import type { StoreReader, StoreWriter } from "./store/store.ts";

/** What an operation works with: it reads. */
export interface OperationContext {
  readonly store: StoreReader;
  readonly settings: Settings;
  readonly sdkAppId: number;
  /** Milliseconds since the epoch. */
  readonly now: number;
  readonly nextGroupId: (last: number) => number;
}

/** What an operation works with that writes. There is one only inside a transaction. */
export interface WritingContext extends OperationContext {
  readonly store: StoreWriter;
  /** The conversations that fail because of a fault; undefined when none does. */
  readonly itemFaults: ItemFaults | undefined;
}

/** An operation that only reads, by the effect that the description declares. */
export type ReadingOperation = {
  [Operation in OperationId]: (typeof operations)[Operation]["effect"] extends "read" ? Operation : never;
}[OperationId];

/** The result of a call that succeeded. */
export interface CallSuccess<Rule extends string = string> {
  /** The members of the response in addition to those that every response has. */
  readonly members: object;
  readonly rule: Rule;
  readonly why: string;
}

/** The result of an operation that succeeded. */
export interface OperationSuccess<
  Operation extends OperationId,
  Rule extends string = string,
> extends CallSuccess<Rule> {
  readonly members: Members<Operation>;
}

/** What a file of `src/operations` exports. */
export interface OperationModule<Operation extends OperationId> {
  readonly rules: RuleTexts;
  /** Runs the operation with a valid body. Throws a `CallError` when the whole call fails. */
  readonly run: (
    body: RequestBody<Operation>,
    context: Operation extends ReadingOperation ? OperationContext : WritingContext,
  ) => OperationSuccess<Operation>;
}

/** A rule as it is declared, next to the code that applies it. */
export interface RuleText {
  /** What the emulator does unless the setting says otherwise. */
  readonly what: string;
  /** Public documents that say so, by their keys in the description; `project` where no document does. */
  readonly evidence: string;
  /** The setting that changes it. */
  readonly setting?: keyof Settings;
  /** The error with which a call, or one of its conversations, fails. */
  readonly error?: ErrorName;
  /** The request check of the description whose error it has. */
  readonly check?: RequestCheck;
  /** The limit of the description whose error it has. */
  readonly limit?: keyof typeof limits;
  /** The field of the operation's request body to which it applies, with `*` for each item of a list. */
  readonly at?: string;
  /** The fields to which it applies, of any operation: those of which the description says that they can break with this error. */
  readonly fieldsWith?: ErrorName;
  /** The keywords of its fields that it stands for. */
  readonly keywords?: readonly RequestRule[];
}

/** Rules by their IDs. */
export type RuleTexts = Readonly<Record<string, RuleText>>;

/** Fields of the description that no response of the emulator has. */
const notSent = ["ErrorDisplay", "RequestId"] as const;

type FieldOfAll<Name extends keyof Success & keyof Failure> = Name;
type NotSent = FieldOfAll<(typeof notSent)[number]>;

/** All fields of a body that the emulator sends; none is left out. */
export type Sent<Body> = Required<Omit<Body, NotSent>>;

/** What an operation adds to the response of a call that succeeded. A list can consist of JSON texts that were written earlier. */
type Members<Operation extends OperationId> = Draft<Sent<OkMembers<Operation>>>;
