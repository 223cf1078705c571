import { execFile, execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { signUserSig } from "@contact-groups/client/usersig";
import { createEmulator, type Emulator } from "@contact-groups/emulator";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { presetSeed } from "../src/console/presets.ts";
import { sampleState } from "../src/console/sample-state.ts";
import { modelOf, operations } from "../src/reference/model.ts";
import { sampleCall } from "../src/samples/sample-call.ts";
import { writers } from "../src/samples/samples.ts";

const model = modelOf("en");
const all = operations(model);

const secretKey = "a-key-of-the-emulator-for-these-samples-only";
const sdkAppId = 1400000000;
const identifier = "administrator";

/** How a sample is run: its file, the commands, and what has to be on the machine. */
const toolchains: Readonly<
  Record<string, { readonly file: string; readonly run: readonly string[]; readonly probe: readonly string[] }>
> = {
  curl: { file: "sample.sh", run: ["sh", "sample.sh"], probe: ["curl", "--version"] },
  Client: { file: "sample.mjs", run: ["node", "sample.mjs"], probe: ["node", "--version"] },
  fetch: { file: "sample.mjs", run: ["node", "sample.mjs"], probe: ["node", "--version"] },
  Python: { file: "sample.py", run: ["python3", "sample.py"], probe: ["python3", "--version"] },
  Go: { file: "sample.go", run: ["go", "run", "sample.go"], probe: ["go", "version"] },
  Java: { file: "Sample.java", run: ["java", "-cp", "..", "PACKAGE.Sample"], probe: ["javac", "--version"] },
  PHP: { file: "sample.php", run: ["php", "sample.php"], probe: ["php", "--version"] },
};
const labels = writers.map(({ label }) => label);
const here = writers.filter(({ label }) => isInstalled(toolchains[label]?.probe ?? []));
const missing = labels.filter((label) => !here.some((writer) => writer.label === label));
if (missing.length > 0)
  console.log(`These samples are not run, because their toolchain is not installed: ${missing.join(", ")}.`);

let emulator: Emulator;
let url: string;
let folder: string;
beforeAll(async () => {
  emulator = createEmulator({
    apps: [{ sdkAppId, secretKey }],
    settings: { accounts: "lenient", chatGroups: "lenient" },
    seed: presetSeed("groups", sampleState(model)),
  });
  ({ url } = await emulator.listen());
  folder = mkdtempSync(join(tmpdir(), "samples-"));
  symlinkSync(fileURLToPath(new URL("../node_modules", import.meta.url)), join(folder, "node_modules"), "junction");
});
afterAll(async () => {
  await emulator.close();
  rmSync(folder, { recursive: true, force: true });
});

test("no sample contains a credential or a fixed random number", () => {
  for (const operation of all) {
    const { query } = sampleCall(model, operation);
    expect(query.map(({ from }) => from).toSorted()).toEqual([
      "constant",
      "environment",
      "environment",
      "environment",
      "random",
    ]);
  }
});

test("every kind of sample has a toolchain, and those of which the pages say that tests run them are run", () => {
  expect(Object.keys(toolchains)).toEqual(labels);
  expect(here.map(({ label }) => label)).toEqual(
    expect.arrayContaining(writers.filter(({ alwaysRun }) => alwaysRun).map(({ label }) => label)),
  );
});

describe.each(here)("the sample for $label", ({ label, write }) => {
  const { file, run } = toolchains[label]!;

  const language = label.replaceAll(/\W/g, "");

  beforeAll(() => {
    for (const operation of all) {
      const call = sampleCall(model, operation);
      const source = write(call).replaceAll(call.server, url).replace(`region: "${call.region}"`, `baseUrl: "${url}"`);
      const project = join(folder, language, operation.slug);
      mkdirSync(project, { recursive: true });
      // A package for each sample, so that one process compiles all of them.
      const header = label === "Java" ? `package ${operation.slug};\n` : "";
      writeFileSync(join(project, file), header + source);
    }
    if (label === "Java")
      execFileSync(
        "javac",
        all.map(({ slug }) => join(slug, file)),
        { cwd: join(folder, language) },
      );
  });

  async function runSample({ slug }: (typeof all)[number], userSig: string): Promise<{ code: number; output: string }> {
    const project = join(folder, language, slug);
    const [command = "", ...rest] = run.map((argument) => argument.replace("PACKAGE", slug));
    const env = { ...process.env, SDKAPPID: String(sdkAppId), IDENTIFIER: identifier, USERSIG: userSig };
    return new Promise((resolve) => {
      execFile(command, rest, { cwd: project, env }, (error, stdout, stderr) =>
        resolve({ code: error ? Number(error.code) : 0, output: stdout + stderr }),
      );
    });
  }

  test.each(all)("calls $id", async (operation) => {
    const userSig = await signUserSig({ sdkAppId, identifier, secretKey });
    // A sample before this one may have deleted or renamed the group.
    emulator.reset();
    const { code, output } = await runSample(operation, userSig);
    expect({ code, output }).toMatchObject({ code: 0, output: expect.stringMatching(/ErrorCode"?: ?0/) });
    expect(emulator.calls).toHaveLength(1);
  });

  test("fails on a failure inside HTTP 200, and prints no UserSig", async () => {
    const [operation] = all;
    const userSig = await signUserSig({ sdkAppId, identifier, secretKey: "the-key-of-another-app" });
    const { code, output } = await runSample(operation!, userSig);
    expect(code).not.toBe(0);
    expect(output).toContain("70009");
    expect(output).not.toContain(userSig);
  });
});

function isInstalled([command = "", ...rest]: readonly string[]): boolean {
  try {
    execFileSync(command, rest, { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}
