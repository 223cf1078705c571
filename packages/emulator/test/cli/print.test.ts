import { expect, test } from "vitest";
import manifest from "../../package.json" with { type: "json" };
import { run } from "./run.ts";

test("--help shows the commands and the options of serve", async () => {
  const { code, output } = await run(["--help"]);
  expect(code).toBe(0);
  for (const part of ["serve", "export", "import", "rules", "--port", "--secret-key-env", "--preset"])
    expect(output).toContain(part);
});

test("--version prints the version of the package", async () => {
  const { code, output } = await run(["--version"]);
  expect([code, output]).toEqual([0, `${manifest.version}\n`]);
});
