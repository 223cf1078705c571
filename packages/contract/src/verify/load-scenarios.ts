import { readdirSync, readFileSync } from "node:fs";
import { Ajv2020 } from "ajv/dist/2020.js";
import { parse } from "yaml";
import { gateCode, operations } from "../operations.ts";
import { codeOf, documents, nameOf } from "./facts.ts";
import { errorNames, fillIn, toNumber } from "./resolve-values.ts";
import type { Expectation, Needs, Scenario, ScenarioGroup, Step, UserNeed } from "./scenario.ts";

/** A scenario as its file has it. */
interface ScenarioFile extends Omit<Scenario, "steps" | "basis" | "needs"> {
  readonly disputed?: true;
  readonly needs?: Needs;
  readonly steps: readonly StepFile[];
}

interface StepFile extends Omit<Step, "expect" | "burst"> {
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

/** The scenarios that are written by hand, in the order in which they are run: what a caller meets first comes first. */
export function loadScenarios(): readonly Scenario[] {
  loaded ??= readdirSync(folder)
    .filter((name) => name.endsWith(".yaml"))
    .map((name) => readScenario(name, readFileSync(new URL(name, folder), "utf8")))
    .toSorted((one, other) => order.indexOf(one.group) - order.indexOf(other.group) || (one.id < other.id ? -1 : 1));
  return loaded;
}

const order: readonly ScenarioGroup[] = ["valid", "gate", "invalid", "stateful", "limits"];

const validate = new Ajv2020({ allErrors: true, allowUnionTypes: true, strictTypes: false })
  .addSchema(scenarioSchema)
  .compile({ $ref: `${String(scenarioSchema["$id"])}#/$defs/scenario` });

/** Reads one file. Throws a `TypeError` that says what is wrong in it and where. */
export function readScenario(name: string, text: string): Scenario {
  const refuse = (problem: string): never => {
    throw new TypeError(`scenarios/${name}: ${problem}`);
  };
  let file: ScenarioFile;
  try {
    file = parse(text) as ScenarioFile;
  } catch (error) {
    return refuse(`it is not YAML: ${error instanceof Error ? error.message : String(error)}`);
  }
  if (!validate(file)) {
    const [error] = validate.errors ?? [];
    const detail = Object.values(error?.params ?? {})
      .flat()
      .join(", ");
    refuse(`${error?.instancePath || "/"} ${error?.message}${detail ? ` (${detail})` : ""}`);
  }
  if (`${file.id}.yaml` !== name)
    refuse(`/id must be the name of the file, ${JSON.stringify(name.replace(/\.yaml$/, ""))}`);
  for (const key of file.source)
    if (!(key in documents)) refuse(`/source: the description's x-documents has no ${JSON.stringify(key)}`);
  try {
    return fill(file);
  } catch (error) {
    if (error instanceof RangeError) return refuse(error.message);
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

function fillStep({ expect, burst, ...step }: StepFile, index: number | undefined): Step {
  const operation = operations.find((it) => it.operationId === step.operation);
  if (!operation) throw new RangeError(`The description has no operation ${JSON.stringify(step.operation)}.`);
  const place = index === undefined ? {} : { index };
  const { calls, seconds } = operation.rate;
  const rate = gateCode("rate");
  return {
    ...(fillIn(step, place) as typeof step),
    expect: {
      ...expected(errorNames(expect.error, nameOf)),
      ...(expect.fields && { fields: fillIn(expect.fields, place) as NonNullable<Expectation["fields"]> }),
    },
    // Whenever the calls begin, one of two spans of time then has more calls than are allowed.
    ...(burst && { burst: { calls: 2 * calls + 1, least: calls, seconds, error: nameOf(rate), errorCode: rate } }),
  };
}

/** What to expect when one of these names may come. */
export function expected(error: readonly string[]): Pick<Expectation, "error" | "errorCode"> {
  return { error, errorCode: error.map(codeOf) };
}
