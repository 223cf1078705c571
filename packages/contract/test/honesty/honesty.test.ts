import { beforeAll, describe, expect, test } from "vitest";
import { compare, reasonOf, type Compared } from "./providers.ts";
import { differences, samples } from "./samples.ts";
import { table } from "./table.ts";

let compared: readonly Compared[];
beforeAll(async () => void (compared = await compare()));

const isSame = ({ emulator, contractServer }: Compared): boolean => emulator.outcome === contractServer.outcome;
const isGenerated = ({ id }: Compared): boolean => id.includes("/");

describe("where the emulator and the contract server differ", () => {
  test("the emulator is as every scenario says", () => {
    expect(compared.filter(({ emulator }) => emulator.outcome !== "passed")).toEqual([]);
  });

  test("every difference has a reason", () => {
    for (const one of compared.filter((it) => !isSame(it))) expect(reasonOf(one)).toMatch(/./);
  });

  test("the contract server is as every rule of the description says, too", () => {
    const rules = compared.filter(({ id }) => id.startsWith("rule/"));
    expect(rules.length).toBeGreaterThan(100);
    expect(rules.filter((one) => !isSame(one))).toEqual([]);
  });
});

/** Why an answer of the emulator differs from a sample at a place. */
function reasonAt(name: string, pointer: string): string {
  if (name === "AnotherConversation")
    return "the sample answers another request than the one beside it in its document";
  if (pointer === "/ErrorDisplay") return "`ErrorDisplay` is not emulated: newer samples do not have it";
  if (pointer.endsWith("/ResultInfo"))
    return "`ResultInfo` of the service is not known, so the emulator says which rule decided";
  return "";
}

test("HONESTY.md says what is the case", async () => {
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
  const text = `# Honesty

Where the answers that this project gives differ, and why. Written by \`pnpm --filter @contact-groups/contract run honesty\`; a test fails when it is not the case.

Three sources are compared. The **emulator** keeps state. The **contract server** has none: it answers examples, and refuses what breaks the description. The
**documents** have samples. Nothing was compared with the service itself: \`contact-groups-contract verify\` does that, with the same scenarios.

## Scenarios

Does each behave as the scenario says? \`documented\` means that a document says so, \`disputed\` that documents disagree, \`assumed\` that none
says anything. What the contract server does not do can be planned with \`api.next\`.

${table(["scenario", "basis", "emulator", "contract server", "why the contract server differs"], rows)}

Those that are made from the description, one for each rule of each parameter and field, and with random bodies:

${table(["scenarios", "how many", "emulator", "contract server", "why the contract server differs"], counts)}

## Samples

The requests of the documents' samples, and of the examples that the project added to them. The emulator was given the state that the sample supposes; the contract server
was asked for the example by its name.

${table(["sample", "from", "contract server", "emulator", "why the emulator differs"], sampleRows)}

No sample of a failure with a code of this API's own is public, so none could be compared.
`;
  await expect(text).toMatchFileSnapshot("../../HONESTY.md");
});
