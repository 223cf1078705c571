/** Loads the scenario files, and fills in limits, codes, long texts and long lists of the description. */
import { readdirSync, readFileSync } from "node:fs";
import { type Field, limits, queryFields } from "@contact-groups/openapi/model";
import { Ajv2020 } from "ajv/dist/2020.js";
import { parse } from "yaml";
import { codeOf, documents, requestCheckList, checkCode, nameOf, operations } from "../operations.ts";
import type { Expectation, Needs, Scenario, ScenarioGroup, ScenarioStep, UserNeed } from "./scenario.ts";

/** A scenario as its file has it. */
interface ScenarioFile extends Omit<Scenario, "steps" | "basis" | "needs"> {
  readonly disputed?: true;
  readonly needs?: Needs;
  readonly steps: readonly StepFile[];
}

interface StepFile extends Omit<ScenarioStep, "expect" | "burst"> {
  readonly repeat?: unknown;
  readonly expect: { readonly error: unknown; readonly fields?: Readonly<Record<string, unknown>> };
  readonly burst?: true;
}

const folder = new URL("scenarios/", import.meta.resolve("@contact-groups/contract/package.json"));

/** JSON Schema of the scenarios: of a file under `$defs/scenario`, of the export as a whole. */
export const scenarioSchema: Readonly<Record<string, unknown>> = JSON.parse(
  readFileSync(new URL("scenarios.schema.json", folder), "utf8"),
) as Readonly<Record<string, unknown>>;

let loaded: readonly Scenario[] | undefined;

/** Loads the handwritten scenarios, in the order in which they run: the basic ones first. */
export function loadScenarios(): readonly Scenario[] {
  loaded ??= readdirSync(folder)
    .filter((name) => name.endsWith(".yaml"))
    .map((name) => readScenario(name, readFileSync(new URL(name, folder), "utf8")))
    .toSorted((one, other) => order.indexOf(one.group) - order.indexOf(other.group) || (one.id < other.id ? -1 : 1));
  return loaded;
}

const order: readonly ScenarioGroup[] = ["valid", "request-checks", "invalid", "stateful", "limits"];

const validate = new Ajv2020({ allErrors: true, allowUnionTypes: true, strictTypes: false })
  .addSchema(scenarioSchema)
  .compile({ $ref: `${String(scenarioSchema["$id"])}#/$defs/scenario` });

/** Reads one file. Throws a `TypeError` with its first violation and the place. */
export function readScenario(name: string, text: string): Scenario {
  const reject = (violation: string): never => {
    throw new TypeError(`scenarios/${name}: ${violation}`);
  };
  let file: ScenarioFile;
  try {
    file = parse(text) as ScenarioFile;
  } catch (error) {
    return reject(`it is not YAML: ${error instanceof Error ? error.message : String(error)}`);
  }
  if (!validate(file)) {
    const [error] = validate.errors ?? [];
    const detail = Object.values(error?.params ?? {})
      .flat()
      .join(", ");
    reject(`${error?.instancePath || "/"} ${error?.message}${detail ? ` (${detail})` : ""}`);
  }
  if (`${file.id}.yaml` !== name)
    reject(`/id must be the name of the file, ${JSON.stringify(name.replace(/\.yaml$/, ""))}`);
  for (const key of file.source)
    if (!(key in documents)) reject(`/source: the description's x-documents has no ${JSON.stringify(key)}`);
  try {
    return fill(file);
  } catch (error) {
    if (error instanceof RangeError) return reject(error.message);
    throw error;
  }
}

function fill({ disputed, needs = {}, steps, ...file }: ScenarioFile): Scenario {
  const assumed = file.source.includes("project");
  return {
    ...file,
    basis: disputed ? "disputed" : assumed ? "assumed" : "documented",
    needs: { ...needs, ...(needs.users && { users: fillUsers(needs.users) }) },
    steps: steps.flatMap(({ repeat, ...step }) =>
      repeat === undefined
        ? [fillStep(step, undefined)]
        : Array.from({ length: toNumber(repeat, {}) }, (_, index) => fillStep(step, index)),
    ),
  };
}

function fillUsers(users: NonNullable<Needs["users"]>): Readonly<Record<string, UserNeed>> {
  return fillIn(users, {}) as Readonly<Record<string, UserNeed>>;
}

function fillStep({ expect, burst, ...step }: StepFile, index: number | undefined): ScenarioStep {
  const operation = operations.find((it) => it.operationId === step.operation);
  if (!operation) throw new RangeError(`The description has no operation ${JSON.stringify(step.operation)}.`);
  const place = index === undefined ? {} : { index };
  const { calls, seconds } = operation.rate;
  const rate = checkCode("rate");
  return {
    ...(fillIn(step, place) as typeof step),
    expect: {
      ...expected(errorNames(expect.error)),
      ...(expect.fields && { fields: fillIn(expect.fields, place) as NonNullable<Expectation["fields"]> }),
    },
    // Whenever the calls begin, one of two spans of time then has more calls than are allowed.
    ...(burst && { burst: { calls: 2 * calls + 1, least: calls, seconds, error: nameOf(rate), errorCode: rate } }),
  };
}

/** Returns the expectation of one of these names. */
export function expected(error: readonly string[]): Pick<Expectation, "error" | "errorCode"> {
  return { error, errorCode: error.map(codeOf) };
}

/** The place of a value inside repeated steps. */
export interface Repetition {
  /** Which repetition of the step, from 0; undefined in a step that is not repeated. */
  readonly index?: number;
}

interface TextPattern {
  readonly of: string;
  readonly bytes?: unknown;
  readonly characters?: unknown;
}

interface ListPattern {
  readonly count: unknown;
  readonly item: unknown;
}

type Fill = (operand: never, place: Repetition, whole: Readonly<Record<string, unknown>>) => unknown;

const operators: Readonly<Record<string, Fill>> = {
  $limit: (name: string, place, { plus = 0 }) => limitOf(name) + toNumber(plus, place),
  $error: (name: string) => codeOf(name),
  $index: (plus: unknown, place) => (place.index ?? 0) + toNumber(plus, place),
  $quotient: ([dividend, divisor]: readonly unknown[], place) =>
    Math.floor(toNumber(dividend, place) / toNumber(divisor, place)),
  $string: (value: unknown, place) => String(fillIn(value, place)),
  $text: (pattern: TextPattern, place) => textOf(pattern, place),
  $list: ({ count, item }: ListPattern, place) => {
    const length = toNumber(count, place);
    // Inside a repeated step, the list continues where that of the previous step ended.
    const first = (place.index ?? 0) * length;
    return Array.from({ length }, (_, index) => fillIn(item, { index: first + index }));
  },
};

/** Replaces every operator above, and `{index}` in texts. Throws a `RangeError` for an unknown name. */
export function fillIn(value: unknown, place: Repetition): unknown {
  if (typeof value === "string")
    return place.index === undefined ? value : value.replaceAll("{index}", String(place.index));
  if (Array.isArray(value)) return value.map((item) => fillIn(item, place));
  if (typeof value !== "object" || value === null) return value;
  const whole = value as Readonly<Record<string, unknown>>;
  const [name = ""] = Object.keys(whole);
  const operator = operators[name];
  if (operator) return operator(whole[name] as never, place, whole);
  return Object.fromEntries(
    Object.entries(whole).map(([key, member]) => [String(fillIn(key, place)), fillIn(member, place)]),
  );
}

/** Returns a number, given as it is or as an operator. */
export function toNumber(value: unknown, place: Repetition): number {
  const number = fillIn(value, place);
  if (typeof number !== "number") throw new RangeError(`${JSON.stringify(value)} must be a number.`);
  return number;
}

/** Names of the catalogue, given as names or as checks of `x-requestChecks`. */
export function errorNames(value: unknown): string[] {
  return [value].flat().map((one) => {
    if (typeof one === "string") return one;
    const { $requestCheck: check } = one as { readonly $requestCheck: string };
    const found = requestCheckList.find((it) => it.check === check);
    if (!found) throw new RangeError(`x-requestChecks has no check ${JSON.stringify(check)}.`);
    return nameOf(found.error);
  });
}

/**
 * Returns a limit by its name: one of `x-limits`, or one of a field, as `GroupName.maxBytes`, `GroupContactItem.ContactItem.maxItems`,
 * `MarkBits.items.maximum` or `random.maximum`. A field is named by its schema or its query parameter, and a field inside it by its own name.
 */
function limitOf(name: string): number {
  const [first = "", ...rest] = name.split(".");
  const found = rest.length === 0 ? limitNamed(first) : fieldLimit(fieldsByName().get(first), rest);
  if (found === undefined) throw new RangeError(`The description has no limit called ${JSON.stringify(name)}.`);
  return found;
}

function limitNamed(name: string): number | undefined {
  return Object.hasOwn(limits, name) ? limits[name as keyof typeof limits].maximum : undefined;
}

function fieldLimit(field: Field | undefined, [name = "", ...rest]: readonly string[]): number | undefined {
  if (rest.length > 0) return fieldLimit(inner(field, name), rest);
  const limit = (field as Readonly<Record<string, unknown>> | undefined)?.[name];
  return typeof limit === "number" ? limit : undefined;
}

function inner(field: Field | undefined, name: string): Field | undefined {
  if (field?.type === "array" && name === "items") return field.items;
  return field?.type === "object" ? field.fields[name] : undefined;
}

let byName: ReadonlyMap<string, Field> | undefined;

/** Lists the fields with their own names: query parameters, and fields with a schema. */
function fieldsByName(): ReadonlyMap<string, Field> {
  byName ??= new Map<string, Field>([
    ...operations.flatMap(({ request, response }) => [...named(request), ...named(response)]),
    ...queryFields.map(({ name, field }) => [name, field] as const),
  ]);
  return byName;
}

function named(field: Field): (readonly [name: string, field: Field])[] {
  const own = field.schema === undefined ? [] : [[field.schema, field] as const];
  switch (field.type) {
    case "object":
      return [...own, ...Object.values(field.fields).flatMap(named)];
    case "array":
      return [...own, ...named(field.items)];
    case "union":
      return [...own, ...field.alternatives.flatMap(named)];
  }
  return own;
}

function textOf({ of, bytes, characters }: TextPattern, place: Repetition): string {
  if (characters !== undefined) return of.repeat(toNumber(characters, place));
  const length = toNumber(bytes, place);
  const whole = of.repeat(Math.floor(length / Buffer.byteLength(of)));
  return whole + "x".repeat(length - Buffer.byteLength(whole));
}
