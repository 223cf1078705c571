import { beforeAll, describe, expect, test } from "vitest";
import { findingsOfReport } from "../../src/report/from-verify.ts";
import { mutations } from "./all.ts";
import type { Mutation } from "./mutation.ts";
import { verifyMutation } from "./verify-mutation.ts";
import { compare, reasonOf, type Compared } from "./providers.ts";
import { differences, samples } from "./samples.ts";
import { table } from "./table.ts";

let compared: readonly Compared[];
beforeAll(async () => void (compared = await compare()));

const isSame = ({ emulator, contractServer }: Compared): boolean => emulator.outcome === contractServer.outcome;
const isGenerated = ({ id }: Compared): boolean => id.includes("/");

describe("where the emulator and the contract server differ", () => {
  test("the emulator passes every scenario", () => {
    expect(compared.filter(({ emulator }) => emulator.outcome !== "passed")).toEqual([]);
  });

  test("every difference has a reason", () => {
    for (const one of compared.filter((it) => !isSame(it))) expect(reasonOf(one)).toMatch(/./);
  });

  test("the contract server passes the scenario of every rule", () => {
    const rules = compared.filter(({ id }) => id.startsWith("rule/"));
    expect(rules.length).toBeGreaterThan(100);
    expect(rules.filter((one) => !isSame(one))).toEqual([]);
  });
});

/** Returns why a response of the emulator differs from a sample at a place. */
function reasonAt(name: string, pointer: string): string {
  if (name === "AnotherConversation")
    return "the sample belongs to another request than the one next to it in its document";
  if (pointer === "/ErrorDisplay") return "`ErrorDisplay` is not emulated: newer samples do not have it";
  if (pointer === "/NextStartIndex") return "what an index counts is not documented, so the emulator has its own";
  if (pointer.endsWith("/ResultInfo"))
    return "`ResultInfo` of the service is not known, so the emulator returns the rule that was broken";
  return "";
}

/** Returns the first sentence of what `verify` reports of a mutation. Its times and generated names differ in each run. */
async function messageOf(mutation: Mutation): Promise<string> {
  const report = await verifyMutation(mutation, [mutation.foundBy ?? ""]);
  const [finding] = findingsOfReport(report);
  return (finding?.message ?? "")
    .replaceAll(/\b\d{10,13}\b/g, "(time)")
    .replaceAll(/\b(nobody|@TGS#NONE)-?[\w-]+/g, "$1…");
}

/** Writes a text for a cell of a table, and shortens it. */
function cell(text: string): string {
  const short = [...text].length > 140 ? `${[...text].slice(0, 140).join("")}…` : text;
  return (
    short
      .replaceAll("\\", "\\\\")
      .replaceAll("|", "\\|")
      .replaceAll(/[<>*_`~]/g, (letter) => `\\${letter}`)
      .replaceAll("  ", " &#32;")
      // The width of other characters differs from program to program, and with it the table.
      .replaceAll(/[^ -~…]/gu, (letter) => `&#${letter.codePointAt(0)};`)
  );
}

test("MUTATIONS.md is up to date", async () => {
  const written = compared.filter((one) => !isGenerated(one));
  const rows = written.map((one) => [
    `\`${one.id}\``,
    one.basis,
    one.emulator.outcome === "passed" ? "yes" : "no",
    isSame(one) ? "yes" : "no",
    isSame(one) ? "" : reasonOf(one),
  ]);
  const generated = [
    ...new Set(
      compared.filter(isGenerated).map(({ id }) =>
        id
          .split("/")
          .slice(0, id.startsWith("rule/") ? 3 : 2)
          .join("/"),
      ),
    ),
  ];
  const counts = generated.map((prefix) => {
    const some = compared.filter(({ id }) => id.startsWith(`${prefix}/`));
    const different = some.filter((one) => !isSame(one));
    const reasons = [...new Set(different.map(reasonOf))].join("; ");
    return [`\`${prefix}\``, String(some.length), String(some.length), String(some.length - different.length), reasons];
  });
  const sampleRows = await Promise.all(
    samples.map(async (sample) => {
      const [byEmulator, byServer] = [
        await differences(sample, "emulator"),
        await differences(sample, "contract server"),
      ];
      expect(byServer).toEqual([]);
      const reasons = byEmulator.map((pointer) => reasonAt(sample.name, pointer));
      expect(reasons.filter((reason) => reason === "")).toEqual([]);
      const emulator =
        byEmulator.length === 0 ? "the same" : `differs at ${byEmulator.map((pointer) => `\`${pointer}\``).join(", ")}`;
      return [
        `${sample.operation.operationId} \`${sample.name}\``,
        sample.source.join(", "),
        "the same",
        emulator,
        [...new Set(reasons)].join("; "),
      ];
    }),
  );
  const survivors = mutations.flatMap(({ name, survives }) => (survives === undefined ? [] : [[name, survives]]));
  const mutationRows = await Promise.all(
    mutations
      .filter(({ foundBy }) => foundBy !== undefined)
      .map(async (mutation) => [mutation.name, `\`${mutation.foundBy}\``, cell(await messageOf(mutation))]),
  );
  const text = `# Mutations

What \`verify\` detects, and where the responses of this project differ. Generated by \`pnpm --filter @contact-groups/contract run mutations\`; a test fails when it
is out of date.

## Mutations

A test breaks the emulator in each of these ways, and the scenario fails with the message. Without a mutation, every scenario passes. ${mutationRows.length} of
${mutations.length} mutations are detected.

${table(["mutation of the emulator", "scenario that detects it", "message"], mutationRows)}

Not detected:

${table(["mutation of the emulator", "reason"], survivors)}

## Scenarios

The **emulator** is stateful. The **contract server** is not: it sends examples, and rejects what breaks the description. The **documents** have samples. Nothing
has been compared with the service itself: \`contact-groups-contract verify\` does that, with the same scenarios.

The table shows whether each behaves as the scenario says. \`documented\` means that a document says so, \`disputed\` that documents disagree, \`assumed\` that
no document mentions it. \`api.plan\` plans what the contract server does not do.

${table(["scenario", "basis", "emulator", "contract server", "why the contract server differs"], rows)}

Generated from the description, one scenario for each rule of each parameter and field, and random bodies:

${table(["scenarios", "number", "emulator", "contract server", "why the contract server differs"], counts)}

## Samples

The requests of the documents' samples, and of the examples that the project added. The emulator was seeded with the state that the sample assumes; the contract
server was called with the name of the example.

${table(["sample", "source", "contract server", "emulator", "why the emulator differs"], sampleRows)}

No sample of a failure with a code of this API is public, so none could be compared.
`;
  await expect(text).toMatchFileSnapshot("../../MUTATIONS.md");
});
