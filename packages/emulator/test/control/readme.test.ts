import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { controlRoutes } from "../../src/generated/control.ts";
import { presetTexts } from "../../src/generated/control-texts.ts";
import { presets } from "../../src/index.ts";
import { emulate } from "../call.ts";
import { description } from "./send.ts";

const text = readFileSync(new URL("../../README.md", import.meta.url), "utf8");
const section = (title: string): string => text.split(/^##+ /m).find((part) => part.startsWith(`${title}\n`)) ?? "";
/** The names in code in the first cells of a section's tables. */
const named = (title: string): string[] =>
  [...section(title).matchAll(/^\| (`[^|]*)\|/gm)].flatMap(([, cell = ""]) =>
    [...cell.matchAll(/`(\/?[\w-]+(?:\/\{\w+\})?)[^`]*`/g)].map(([, name = ""]) => name),
  );

test("the README's requests to the control API succeed", async () => {
  const emulator = emulate();
  const { url } = await emulator.listen();
  const snippets = text.matchAll(/<!-- run against the control API -->\n\n```sh\n([\s\S]*?)```/g);
  const statuses: number[] = [];
  for (const line of [...snippets].flatMap(([, lines = ""]) => lines.trim().split("\n"))) {
    const [address = ""] = /http:[^\s']+/.exec(line) ?? [];
    const [, body] = /--data '(.*)'/.exec(line) ?? [];
    const [, method = body === undefined ? "GET" : "POST"] = /-X (\w+)/.exec(line) ?? [];
    const [, type] = /-H 'Content-Type: (.*?)'/.exec(line) ?? [];
    const headers = type === undefined ? {} : { "Content-Type": type };
    const response = await fetch(address.replace("http://127.0.0.1:4020", url), {
      method,
      headers,
      body: body ?? null,
    });
    statuses.push(response.status);
    await response.arrayBuffer();
  }
  expect(statuses).toEqual([201, 204, 204, 200, 204, 201, 200, 200, 204]);
  await emulator.close();
});

test("the README names every path, every field of a fault and every preset", () => {
  expect(new Set(named("Control API"))).toEqual(new Set(Object.values(controlRoutes).map(({ path }) => path)));
  const fieldsOf = (name: string): string[] => Object.keys(description.components.schemas[name]?.properties ?? {});
  expect(new Set([...named("Faults"), "when"])).toEqual(new Set([...fieldsOf("FaultFields"), "conversations"]));
  expect(new Set(named("Faults of conversations"))).toEqual(new Set(fieldsOf("ConversationFaultFields")));
  expect(named("Presets")).toEqual(Object.keys(presets));
});

test("the README says of each preset what the description says", () => {
  for (const [name, what] of Object.entries(presetTexts)) {
    const [, cell] = new RegExp(`^\\| \`${name}\` +\\| (.*?) +\\|`, "m").exec(section("Presets")) ?? [];
    expect(what).toBe(`${cell?.charAt(0).toUpperCase()}${cell?.slice(1)}.`);
  }
  expect(Object.keys(presetTexts)).toEqual(Object.keys(presets));
});
