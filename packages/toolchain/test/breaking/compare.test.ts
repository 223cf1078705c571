import { describe, expect, test } from "vitest";
import { compareDescriptions, type Change } from "../../breaking/compare.ts";
import { kinds } from "../../breaking/kinds.ts";
import { bumpTable } from "../../breaking/kinds.ts";
import { bundle } from "../bundle.ts";
import { edits } from "./edits.ts";
import { pair } from "./fixture-edit.ts";

const brief = ({ kind, pointer, bump }: Change): object => ({ kind, pointer, bump });

test.each(edits)("rates $title as $kind", ({ kind, pointer, changes }) => {
  expect(changes.map(brief)).toContainEqual({ kind, pointer, bump: bumpTable[kinds[kind]].bump });
});

test("reports one change for one edit", () => {
  const more = edits.flatMap(({ title, changes }) => {
    return changes.length === 1
      ? []
      : [`${title}: ${changes.map(({ kind, pointer }) => `${kind} ${pointer}`).join(", ")}`];
  });
  expect(more).toEqual([]);
});

test("every kind of change has an edit that causes it", () => {
  const shown = new Set(edits.map(({ kind }) => kind));
  expect(Object.keys(kinds).filter((kind) => !shown.has(kind as keyof typeof kinds))).toEqual([]);
});

describe("no change", () => {
  test("is found between two equal descriptions", () => {
    expect(compareDescriptions(bundle, structuredClone(bundle))).toEqual([]);
  });

  test.each([
    ["a new info.version", (d: any) => (d.info.version = "9.9.9")],
    [
      "another order of fields",
      (d: any) => (d.components.schemas.GroupItem.properties = reversed(d.components.schemas.GroupItem.properties)),
    ],
    [
      "another order of required fields",
      (d: any) => (d.components.schemas.GroupItem.required = d.components.schemas.GroupItem.required.toReversed()),
    ],
    ["a field moved between the parts of an allOf", (d: any) => moveRequired(d.components.schemas.GetContactGroupOk)],
    [
      "another order of an enumeration",
      (d: any) =>
        d.components.schemas.GetContactGroupOk.allOf[1].properties.CompleteFlag.enum.unshift(
          d.components.schemas.GetContactGroupOk.allOf[1].properties.CompleteFlag.enum.pop(),
        ),
    ],
    ["servers after the first in another order", (d: any) => d.servers.push(...d.servers.splice(1, 1))],
    [
      "entries of the catalogue in another order",
      (d: any) => (d["x-errors"].private = d["x-errors"].private.toReversed()),
    ],
  ])("is %s", (_, edit) => {
    expect(compareDescriptions(...pair(edit))).toEqual([]);
  });
});

test("a change states what changed, who breaks and what to do", () => {
  const [change] = compareDescriptions(...pair((d) => (d["x-errors"].private[0].retry = "backoff")));
  expect(change).toMatchObject({
    subject: "50001",
    what: "`50001` `retry` changed from `never` to `backoff`.",
    whoBreaks: bumpTable.advice.whoBreaks,
    whatToDo: bumpTable.advice.whatToDo,
  });
});

function reversed(node: object): object {
  return Object.fromEntries(Object.entries(node).toReversed());
}

function moveRequired(schema: any): void {
  schema.allOf.push({ properties: { CompleteFlag: schema.allOf[1].properties.CompleteFlag } });
  delete schema.allOf[1].properties.CompleteFlag;
}

describe("the error codes of an operation", () => {
  const respondWith = (d: any, change: (operations: string[]) => string[]): void => {
    for (const entry of Object.values<any>(d["x-errors"]).flat()) entry.operations = change(entry.operations);
  };
  const changesOf = (edit: (d: any) => void): string[] =>
    compareDescriptions(...pair(edit)).map(({ kind, subject }) => `${kind} ${subject}`);

  test("are added with the operation, as one change", () => {
    const edit = (d: any): void => {
      d.paths["/v4/recentcontact/pin_contact_group"] = { post: { operationId: "pinContactGroup", responses: {} } };
      respondWith(d, (operations) => [...operations, "pinContactGroup"]);
    };
    expect(changesOf(edit)).toEqual([expect.stringMatching(/^operation-added /)]);
  });

  test("are removed with the operation, as one change", () => {
    const edit = (d: any): void => {
      delete d.paths["/v4/recentcontact/get_contact_group"];
      respondWith(d, (operations) => operations.filter((operation) => operation !== "getContactGroup"));
    };
    expect(changesOf(edit)).toEqual([expect.stringMatching(/^operation-removed /)]);
  });

  test("are renamed with the operation, as one change", () => {
    const edit = (d: any): void => {
      d.paths["/v4/recentcontact/get_contact_group"].post.operationId = "pullContactGroup";
      respondWith(d, (operations) => operations.map((one) => one.replace("getContact", "pullContact")));
    };
    expect(changesOf(edit)).toEqual([expect.stringMatching(/^operation-renamed /)]);
  });
});
