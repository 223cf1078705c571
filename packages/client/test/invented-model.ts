/** A model of the description with operations that declare what none of the service does. What the client does for them follows from that. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { DescriptionBundle } from "@contact-groups/toolchain/model/bundle";
import { modelFiles } from "@contact-groups/toolchain/model/files";
import { toModel } from "@contact-groups/toolchain/model/model";
import { bundle } from "./bundle.ts";

const text = { type: "string", minLength: 1, maxLength: 32 };
const integer = { type: "integer" };
const object = (properties: object, ...required: readonly string[]): object => ({
  type: "object",
  required,
  properties,
  unevaluatedProperties: false,
});
const list = (items: object, maxItems: number): object => ({ type: "array", minItems: 1, maxItems, items });
const example = (value: object): object => ({ First: { summary: "The first.", value } });
const ok = { ActionStatus: "OK", ErrorCode: 0, ErrorInfo: "" };

interface Invented {
  readonly declares: object;
  readonly request: Readonly<Record<string, object>>;
  readonly response: Readonly<Record<string, object>>;
  readonly sends: object;
  readonly responds: object;
}

/** Items one call takes of each list. */
export const most = 3;

const invented: Readonly<Record<string, Invented>> = {
  // Pages without names, by fields of other names.
  listContacts: {
    declares: {
      "x-effect": "read",
      "x-idempotent": { value: true, description: "It only reads." },
      "x-paging": { iterator: "iterateContacts", start: "From", next: "Next", complete: "Done", items: "SessionItem" },
    },
    request: { From: integer },
    response: { SessionItem: list(object({ Id: text }, "Id"), most), Next: integer, Done: integer },
    sends: { From: 0 },
    responds: { SessionItem: [{ Id: "a" }], Next: 0, Done: 1 },
  },
  // A long list of texts, and a table of names in the response.
  deleteContactGroups: {
    declares: {
      "x-effect": "delete",
      "x-idempotent": { value: false, description: "It need not be." },
      "x-batch": { request: "/GroupName", response: "/Deleted", names: "GroupItem", namesBy: "GroupId" },
    },
    request: { GroupName: list(text, most) },
    response: { Deleted: list(text, most), GroupItem: list(object({ GroupName: text, GroupId: integer }), most) },
    sends: { GroupName: ["family"] },
    responds: { Deleted: ["family"], GroupItem: [{ GroupName: "family", GroupId: 1 }] },
  },
};

function inventedBundle(): DescriptionBundle {
  const copy: any = structuredClone(bundle);
  const [known] = Object.values<any>(copy.paths);
  for (const [operationId, { declares, request, response, sends, responds }] of Object.entries(invented)) {
    const { "x-itemResults": _, ...post } = structuredClone(known.post);
    const requested = { ...object({ From_Account: text, ...request }, "From_Account", ...Object.keys(request)) };
    const ofResponse = {
      ActionStatus: { const: "OK" },
      ErrorCode: { const: 0 },
      ErrorInfo: { type: "string" },
      ...response,
    };
    const ofSuccess = object(ofResponse, "ActionStatus", "ErrorCode", "ErrorInfo");
    copy.paths[`/v4/invented/${operationId}`] = {
      post: {
        ...post,
        operationId,
        summary: `Summary of ${operationId}`,
        ...declares,
        requestBody: {
          ...post.requestBody,
          content: {
            "application/json": { schema: requested, examples: example({ From_Account: "user15", ...sends }) },
          },
        },
        responses: {
          "200": {
            ...post.responses["200"],
            content: {
              "application/json": {
                schema: { oneOf: [ofSuccess, { $ref: "#/components/schemas/Failure" }] },
                examples: example({ ...ok, ...responds }),
              },
            },
          },
        },
      },
    };
  }
  return copy;
}

/** Writes the model into a folder of its own. */
export async function writeInventedModel(): Promise<{ readonly folder: string; remove(): void }> {
  const made = inventedBundle();
  const model = toModel(made);
  if (model.problems.length > 0) throw new Error(JSON.stringify(model.problems));
  const folder = mkdtempSync(join(tmpdir(), "invented-"));
  for (const [name, content] of Object.entries(await modelFiles(made, model))) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), content);
  }
  writeFileSync(join(folder, "package.json"), '{ "type": "module" }');
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}
