import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { commands, type Direction, validator } from "./bundle.ts";

interface Sample {
  id: string;
  command: string | null;
  direction: Direction;
  body: unknown;
}

const { samples } = JSON.parse(readFileSync(new URL("documents.json", import.meta.url), "utf8")) as {
  samples: Sample[];
};

test.each(samples)("accepts the documents' sample $id", ({ command, direction, body }) => {
  for (const one of command === null ? commands : [command]) {
    const validate = validator(one, direction);
    validate(body);
    expect(validate.errors).toBeNull();
  }
});

test("has samples of both directions of every command that a document prints a sample of", () => {
  const printed = new Set(samples.flatMap(({ command }) => command ?? []));
  expect(printed.size).toBeGreaterThan(0);
  for (const command of printed) {
    const directions = samples.filter((sample) => sample.command === command).map((sample) => sample.direction);
    expect(new Set(directions)).toEqual(new Set(["request", "response"]));
  }
});
