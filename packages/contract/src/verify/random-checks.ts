/** Checks with random bodies: valid ones, and ones that break exactly one rule. */
import { type Field, limits, type ObjectField, type StringField } from "@contact-groups/openapi/model";
import * as fc from "fast-check";
import { checkCode, type ApiOperation, operations, ownerName } from "../operations.ts";
import { mutations } from "./broken-values.ts";
import { checkRandom } from "./check-random.ts";
import type { Fixtures } from "./fixtures.ts";
import type { Mismatch } from "./matching.ts";
import { NoResponseError, type Runner } from "./provider.ts";
import { type PreparedCall, toCurl } from "./request.ts";
import { peerName, requestSource } from "./rule-scenarios.ts";
import { sendCall, sourcesOf } from "./run-scenario.ts";
import type { Failure, ScenarioResult } from "./scenario.ts";

/** A random check of an operation. */
export interface RandomCheck {
  readonly id: string;
  readonly title: string;
  readonly operation: ApiOperation;
  readonly kind: "valid" | "invalid";
  /** Users that its calls may be for. */
  readonly needs: {
    readonly users: Readonly<Record<"owner" | "peer", { readonly is: "fresh" | "imported"; readonly count: number }>>;
  };
}

/** All random checks. The number of groups per user is limited, so many runs need several users. */
export function randomChecks(runs: number): readonly RandomCheck[] {
  const groups = limits.groupsPerUser.maximum;
  return operations.flatMap((operation) =>
    (["valid", "invalid"] as const).map((kind): RandomCheck => {
      const writes = operation.effect !== "read" && kind === "valid";
      return {
        id: `random/${operation.operationId}/${kind}`,
        title:
          kind === "valid"
            ? `Any valid body of ${operation.operationId} is accepted`
            : `Any body of ${operation.operationId} that breaks one rule is rejected with the code of the rule`,
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

/** A call that failed. */
interface FailedCall {
  readonly call: PreparedCall;
  readonly mismatch: Mismatch;
}

/** Runs a check, and shrinks a failing body. */
export async function runRandomCheck(
  check: RandomCheck,
  fixtures: Fixtures,
  runner: Runner,
  { seed, runs }: { readonly seed: number; readonly runs: number },
): Promise<ScenarioResult> {
  const { provider, clock } = runner;
  const startedAt = clock.now();
  const callsBefore = provider.calls;
  let failed: FailedCall | undefined;
  let unreachable: NoResponseError | undefined;
  const { operation } = check;
  const property = fc.asyncProperty(bodiesOf(check, fixtures), async ({ body, code }) => {
    if (unreachable) return true;
    try {
      const { call, response } = await sendCall(operation, { body }, runner, code);
      const [mismatch] = await checkRandom(operation, response, body, code, runner);
      if (mismatch) failed = { call, mismatch };
      return mismatch === undefined;
    } catch (error) {
      if (!(error instanceof NoResponseError)) throw error;
      unreachable = error;
      return true;
    }
  });
  const details = await fc.check(property, { seed, numRuns: runs });
  if (details.errorInstance && !failed) throw details.errorInstance;
  return {
    id: check.id,
    title: check.title,
    group: "random",
    basis: "documented",
    outcome: unreachable ? "error" : failed ? "failed" : "passed",
    durationMs: clock.now() - startedAt,
    calls: provider.calls - callsBefore,
    ...(unreachable && { because: unreachable.message }),
    ...(failed && {
      because: `seed ${seed}, run ${details.numRuns} of ${runs}, shrunk ${details.numShrinks} times`,
    }),
    failures: failed ? [toFailure(check, failed)] : [],
  };
}

function toFailure({ operation, kind }: RandomCheck, { call, mismatch }: FailedCall): Failure {
  return {
    step: 1,
    operation: operation.operationId,
    request: toCurl(call),
    ...mismatch,
    why:
      kind === "valid"
        ? "A caller that follows the description must not be rejected."
        : "An invalid body that is accepted does something that its caller did not intend.",
    sources: sourcesOf(requestSource(operation)),
  };
}

/** A body and the expected code; undefined for a valid body. */
export interface RandomBody {
  readonly body: unknown;
  readonly code: number | undefined;
}

/** Returns the bodies for users of the run. */
export function bodiesOf(
  { operation, kind }: Pick<RandomCheck, "operation" | "kind">,
  fixtures: Fixtures,
): fc.Arbitrary<RandomBody> {
  const one = (name: string): fc.Arbitrary<string> => fc.constantFrom(...(fixtures.users[name] ?? []));
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
    return { body: value, code: code ?? checkCode("body") };
  });
}

/** Whether documents leave open that this rule is broken. */
function isOpen(keyword: string, field: object): boolean {
  return keyword === "x-maxBytes" && "maxBytesDisputed" in field;
}

/** Arbitraries that replace the field's own, by name. */
export type FieldArbitraries = Readonly<Record<string, fc.Arbitrary<unknown>>>;

/** Values that fit the field. Throws a `TypeError` for an unsupported pattern. */
export function arbitraryOf(field: Field, fields: FieldArbitraries = {}): fc.Arbitrary<unknown> {
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
        // Lists of hundreds of items would slow every run down.
        maxLength: Math.min(field.maxItems ?? Infinity, 5),
      });
    case "object":
      return object(field, fields);
    case "union":
      return fc.oneof(...field.alternatives.map((one) => object(one, fields)));
  }
}

function object({ fields: own, required }: ObjectField, fields: FieldArbitraries): fc.Arbitrary<unknown> {
  const members = Object.entries(own).map(([name, field]) => [name, fields[name] ?? arbitraryOf(field, fields)]);
  return fc.record(Object.fromEntries(members) as Record<string, fc.Arbitrary<unknown>>, {
    requiredKeys: [...required],
    noNullPrototype: true,
  });
}

function text({ pattern, minLength = 0, maxLength = 40, maxBytes = Infinity }: StringField): fc.Arbitrary<string> {
  // The patterns of the description allow a class of characters, so one character at a time is generated.
  const [, letters] = /^\^(\[.*\])[+*]\$$/.exec(pattern ?? "") ?? [];
  if (pattern !== undefined && letters === undefined) throw new TypeError(`The pattern ${pattern} is not supported.`);
  const allowed = letters === undefined ? undefined : new RegExp(`^${letters}$`);
  const unit = allowed ? fc.stringMatching(allowed) : fc.string({ unit: "grapheme", minLength: 1, maxLength: 1 });
  const special = specialTexts.filter((one) => [...one].every((letter) => allowed?.test(letter) ?? true));
  const letter = special.length > 0 ? fc.oneof(unit, fc.constantFrom(...special)) : unit;
  const edge = fc.constantFrom("", "", "", ...special.filter((one) => one === " "));
  return fc
    .tuple(edge, fc.array(letter, { minLength, maxLength }), edge)
    .map(([begin, parts, end]) => [begin, ...parts, end].join(""))
    .filter(
      (value) =>
        Buffer.byteLength(value) <= maxBytes && [...value].length >= minLength && [...value].length <= maxLength,
    );
}

/** Parts of texts that a provider may change: they mean something in HTML, SQL or a URL, or have several forms in Unicode. */
const specialTexts: readonly string[] = [
  ..." &<>\"'\\/+%AZ",
  "&amp;",
  "<b>",
  "%41",
  "%00",
  "\\n",
  "\u00E9",
  "e\u0301",
  "\uFB01",
  "\u{20BB7}",
];
