/** Checks with bodies that are made at random: valid ones, and ones that break exactly one rule. */
import { type Field, limits, type ObjectField, type StringField } from "@contact-groups/openapi/model";
import * as fc from "fast-check";
import { documents, gateCode, type Operation, operations } from "../operations.ts";
import { mutations } from "./broken-values.ts";
import { type Complaint, judgeRandom } from "./check-response.ts";
import type { Cast } from "./fixtures.ts";
import { NoAnswerError, type Runner } from "./provider.ts";
import { type Call, toCurl } from "./request.ts";
import { ownerName, peerName, requestSource } from "./rule-scenarios.ts";
import { ask } from "./run-scenario.ts";
import type { Failure, ScenarioResult } from "./scenario.ts";

/** A random check of an operation. */
export interface RandomCheck {
  readonly id: string;
  readonly title: string;
  readonly operation: Operation;
  readonly kind: "valid" | "invalid";
  /** Users that its calls may be for. */
  readonly needs: {
    readonly users: Readonly<Record<"owner" | "peer", { readonly is: "fresh" | "imported"; readonly count: number }>>;
  };
}

/** All of them. A user can have so many groups only, so that many runs need several users. */
export function randomChecks(runs: number): readonly RandomCheck[] {
  const groups = limits.groupsPerUser.maximum;
  return operations.flatMap((operation) =>
    (["valid", "invalid"] as const).map((kind): RandomCheck => {
      const writes = operation.effect !== "read" && kind === "valid";
      return {
        id: `random/${operation.operationId}/${kind}`,
        title:
          kind === "valid"
            ? `Any valid body of ${operation.operationId} is taken`
            : `Any body of ${operation.operationId} that breaks one rule is refused with the code of the rule`,
        operation,
        kind,
        needs: {
          users: {
            owner: { is: writes ? "fresh" : "imported", count: writes ? Math.ceil(runs / groups) : 1 },
            peer: { is: "imported", count: 2 },
          },
        },
      };
    }),
  );
}

/** A call that went wrong. */
interface Wrong {
  readonly call: Call;
  readonly complaint: Complaint;
}

/** Runs a check, and shrinks what goes wrong to a small body. */
export async function runRandomCheck(
  check: RandomCheck,
  cast: Cast,
  runner: Runner,
  { seed, runs }: { readonly seed: number; readonly runs: number },
): Promise<ScenarioResult> {
  const { provider, clock } = runner;
  const startedAt = clock.now();
  const callsBefore = provider.calls;
  let wrong: Wrong | undefined;
  let lost: NoAnswerError | undefined;
  const { operation } = check;
  const scene = { cast, captures: new Map<string, unknown>() };
  const property = fc.asyncProperty(bodiesOf(check, cast), async ({ body, code }) => {
    if (lost) return true;
    try {
      const expect = { errorCode: code === undefined ? [] : [code] };
      const { call, answer } = await ask({ operation: operation.operationId, expect }, operation, body, scene, runner);
      const [complaint] = await judgeRandom(operation, answer, body, code, runner);
      if (complaint) wrong = { call, complaint };
      return complaint === undefined;
    } catch (error) {
      if (!(error instanceof NoAnswerError)) throw error;
      lost = error;
      return true;
    }
  });
  const details = await fc.check(property, { seed, numRuns: runs });
  if (details.errorInstance && !wrong) throw details.errorInstance;
  return {
    id: check.id,
    title: check.title,
    group: "random",
    basis: "documented",
    outcome: lost ? "error" : wrong ? "failed" : "passed",
    durationMs: clock.now() - startedAt,
    calls: provider.calls - callsBefore,
    ...(lost && { because: lost.message }),
    ...(wrong && {
      because: `seed ${seed}, run ${details.numRuns} of ${runs}, made ${details.numShrinks} steps smaller`,
    }),
    failures: wrong ? [toFailure(check, wrong)] : [],
  };
}

function toFailure({ operation, kind }: RandomCheck, { call, complaint }: Wrong): Failure {
  return {
    step: 1,
    operation: operation.operationId,
    request: toCurl(call),
    ...complaint,
    why:
      kind === "valid"
        ? "A caller that obeys the description must not be refused."
        : "A body that is taken although it is wrong does something else than its caller meant.",
    sources: requestSource(operation).flatMap((key) => documents[key] ?? []),
  };
}

/** A body and the code that it has to be answered with; undefined for a valid one. */
export interface RandomBody {
  readonly body: unknown;
  readonly code: number | undefined;
}

/** Bodies for users of the run. */
export function bodiesOf(
  { operation, kind }: Pick<RandomCheck, "operation" | "kind">,
  cast: Cast,
): fc.Arbitrary<RandomBody> {
  const one = (name: string): fc.Arbitrary<string> => fc.constantFrom(...(cast.users[name] ?? []));
  const { request } = operation;
  const anybody = request.type === "object" ? request.fields[ownerName] : undefined;
  const valid = arbitraryOf(request, {
    [ownerName]: one("owner"),
    [peerName]: anybody ? fc.oneof(one("peer"), arbitraryOf(anybody)) : one("peer"),
  });
  if (kind === "valid") return valid.map((body) => ({ body, code: undefined }));
  return fc.tuple(valid, fc.nat()).map(([body, number]) => {
    const found = mutations(request, body).filter(({ field, keyword }) => !isOpen(keyword, field));
    const { value, code } = found[number % found.length] ?? { value: undefined, code: undefined };
    return { body: value, code: code ?? gateCode("body") };
  });
}

/** Whether documents leave open that this rule is broken. */
function isOpen(keyword: string, field: object): boolean {
  return (keyword === "x-maxBytes" && "maxBytesDisputed" in field) || keyword === "additionalProperties";
}

/** Arbitraries that take the place of the field's own, by its name. */
export type Fields = Readonly<Record<string, fc.Arbitrary<unknown>>>;

/** Values that fit the field. Throws a `TypeError` for a pattern that it does not know how to obey. */
export function arbitraryOf(field: Field, fields: Fields = {}): fc.Arbitrary<unknown> {
  if (field.enum) return fc.constantFrom(...field.enum);
  switch (field.type) {
    case "string":
      return text(field);
    case "number":
    case "integer":
      return fc.integer({
        min: field.minimum ?? (field.exclusiveMinimum === undefined ? 0 : Math.floor(field.exclusiveMinimum) + 1),
        max: Math.min(field.maximum ?? Infinity, 2 ** 31 - 1),
      });
    case "boolean":
      return fc.boolean();
    case "scalar":
      return fc.oneof(...field.types.map((type) => arbitraryOf({ type })));
    case "array":
      return fc.array(arbitraryOf(field.items, fields), {
        minLength: field.minItems ?? 0,
        // A list of any length up to a limit of hundreds would make every run a long one.
        maxLength: Math.min(field.maxItems ?? Infinity, 5),
      });
    case "object":
      return object(field, fields);
    case "union":
      return fc.oneof(...field.alternatives.map((one) => object(one, fields)));
  }
}

function object({ fields: own, required }: ObjectField, fields: Fields): fc.Arbitrary<unknown> {
  const members = Object.entries(own).map(([name, field]) => [name, fields[name] ?? arbitraryOf(field, fields)]);
  return fc.record(Object.fromEntries(members) as Record<string, fc.Arbitrary<unknown>>, {
    requiredKeys: [...required],
    noNullPrototype: true,
  });
}

function text({ pattern, minLength = 0, maxLength = 40, maxBytes = Infinity }: StringField): fc.Arbitrary<string> {
  // The patterns of the description allow a class of letters, so one letter at a time can be made.
  const [, letters] = /^\^(\[.*\])[+*]\$$/.exec(pattern ?? "") ?? [];
  if (pattern !== undefined && letters === undefined)
    throw new TypeError(`No text is known of the pattern ${pattern}.`);
  const unit = letters === undefined ? "grapheme" : fc.stringMatching(new RegExp(`^${letters}$`));
  return fc
    .string({ unit, minLength, maxLength })
    .filter(
      (value) =>
        Buffer.byteLength(value) <= maxBytes && [...value].length >= minLength && [...value].length <= maxLength,
    );
}
