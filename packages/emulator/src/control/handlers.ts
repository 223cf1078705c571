import type { CallJournal } from "../calls.ts";
import type { EmulatorClock } from "../clock.ts";
import type { Faults } from "../faults/fault.ts";
import type { ControlOperationId } from "../generated/control.ts";
import type { operations } from "../generated/control-types.ts";
import type { SeedDocument } from "../seed-document.ts";
import type { Store } from "../store/store.ts";

/** What the control API works with. */
export interface ControlParts {
  /** Apps that are answered. */
  readonly apps: number;
  /** The app that is meant when none is named. */
  readonly sdkAppId: number;
  readonly store: Store;
  readonly clock: EmulatorClock;
  readonly journal: CallJournal;
  readonly faults: Faults;
  seed(document: SeedDocument): void;
  restore(document: SeedDocument): void;
  snapshot(): SeedDocument;
  reset(): void;
}

/** What does each operation. The description gives the types of parameters, bodies and answers. */
export type Handlers = { readonly [Id in ControlOperationId]: Handler<Id> };

/** Does one operation; what it returns is the body of the answer. */
type Handler<Id extends ControlOperationId> = (request: HandlerRequest<Id>, parts: ControlParts) => ReplyOf<Id>;

/** Values that were checked. */
export interface HandlerRequest<Id extends ControlOperationId> {
  readonly parameters: ParametersOf<Id>;
  readonly body: BodyOf<Id>;
}

interface Json<Value> {
  readonly content: { readonly "application/json": Value };
}

/** Values that are there, or nothing to know. */
type Given<Value> = [Exclude<Value, undefined>] extends [never] ? unknown : Exclude<Value, undefined>;
type ParametersOf<Id extends ControlOperationId> = Given<operations[Id]["parameters"]["path"]> &
  Given<operations[Id]["parameters"]["query"]>;
type BodyOf<Id extends ControlOperationId> =
  operations[Id]["requestBody"] extends Json<infer Value> ? Value : undefined;
type Responses<Id extends ControlOperationId> = operations[Id]["responses"];
type ReplyOf<Id extends ControlOperationId> =
  Responses<Id> extends { readonly 200: Json<infer Value> }
    ? Value
    : Responses<Id> extends { readonly 201: Json<infer Value> }
      ? Value
      : void;
