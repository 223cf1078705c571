import { expect, test } from "vitest";
import { bundle, commands, type Direction, mediaType, resolveExample, validator } from "./bundle.ts";

const listed = commands.flatMap((command) =>
  (["request", "response"] as Direction[]).map((direction) => ({
    command,
    direction,
    examples: mediaType(command, direction).examples,
  })),
);

test.each(listed)("every $direction example of $command is valid", ({ command, direction, examples }) => {
  const validate = validator(command, direction);
  const invalid = Object.entries(examples).filter(([, example]) => !validate(resolveExample(example).value));
  expect(invalid.map(([name]) => name)).toEqual([]);
  expect(Object.keys(examples).length).toBeGreaterThan(0);
});

test("every success and request of the components is listed by an operation", () => {
  const references = new Set(listed.flatMap(({ examples }) => Object.values(examples).map((example) => example.$ref)));
  const names = Object.keys(bundle.components.examples).filter(
    (name) => bundle.components.examples[name]!.value.ActionStatus !== "FAIL",
  );
  expect(names.filter((name) => !references.has(`#/components/examples/${name}`))).toEqual([]);
});

test("every failure of the components is valid for every operation", () => {
  const failures = Object.values(bundle.components.examples).filter((example) => example.value.ActionStatus === "FAIL");
  for (const command of commands) {
    const validate = validator(command, "response");
    expect(failures.filter((example) => !validate(example.value))).toEqual([]);
  }
});
