import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { isMap, parse, parseDocument, type Scalar, stringify } from "yaml";
import { report, writeWhole } from "../bundle/output.ts";

const usage = `Usage: describe add operation <name> <read|create|change|delete>    such as: describe add operation del_contact_group delete
       describe add code <code> <Name>                              such as: describe add code 51014 TooManyMarks
       describe add field <Schema.Field> <type>                     such as: describe add field GroupContactItem.Color string`;

const kinds = { operation: addOperation, code: addCode, field: addField } as const;

/** Adds an operation, an error code or a field to the description, with everything that all of them share. The rest is empty: `describe lint` lists each empty place. */
export function add(folder: string, [kind = "", name = "", detail = "", ...others]: readonly string[]): Promise<void> {
  return report("describe add", async () => {
    if (!Object.hasOwn(kinds, kind) || name === "" || detail === "" || others.length > 0) {
      const found = [kind, name, detail, ...others].filter((word) => word !== "").join(" ") || "nothing";
      return [`Expected a kind and two values, but found ${found}.\n\n${usage}`];
    }
    try {
      const files = kinds[kind as keyof typeof kinds](folder, name, detail);
      const changed = writeWhole(
        Object.fromEntries(Object.entries(files).map(([file, text]) => [join(folder, file), text])),
      );
      for (const file of Object.keys(files)) if (changed.includes(join(folder, file))) console.log(`openapi/${file}`);
      console.log("Fill in the empty places: `pnpm run lint` lists each.");
      return [];
    } catch (error) {
      if (error instanceof CannotAdd) return [error.message];
      throw error;
    }
  });
}

/** Files to write: the text by the path within the description. */
export type Added = Readonly<Record<string, string>>;

/** Thrown for something that cannot be added. The message says what to write instead. */
export class CannotAdd extends Error {}

/** Files of the error catalogue, one for each origin of the codes, by their paths within the description. */
export const errorFiles: readonly string[] = ["private", "gateway", "account"].map((origin) => `errors/${origin}.yaml`);

const empty = { description: "", "x-source": [] };

/**
 * Returns the files of a new operation: its path, the schemas of its bodies, an example of each, and its line in `openapi.yaml`. Facts of documents are
 * empty, and the linter reports each empty place.
 *
 * @param name Last segment of its path, such as `del_contact_group`.
 * @param effect What it does to the state.
 * @throws CannotAdd if the name or the effect is not allowed.
 */
export function addOperation(folder: string, name: string, effect: string): Added {
  if (!/^[a-z]+(_[a-z]+)+$/.test(name))
    throw new CannotAdd(
      `\`${name}\` is not the last segment of a path. Write it as the service does, such as \`del_contact_group\`.`,
    );
  if (!["read", "create", "change", "delete"].includes(effect))
    throw new CannotAdd(`\`${effect}\` is not an effect. Write \`read\`, \`create\`, \`change\` or \`delete\`.`);
  const id = name.replaceAll(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
  const base = id.charAt(0).toUpperCase() + id.slice(1);
  const path = `paths/recentcontact/${name}.yaml`;
  if (existsSync(join(folder, path)))
    throw new CannotAdd(`\`${path}\` already exists. Edit it, or write another name.`);

  const [likeFile, like] = neighbour(folder);
  const root = read(folder, "openapi.yaml");
  const line = `  /v4/recentcontact/${name}:\n    $ref: ./${path}\n`;
  const body = (kind: string): object => ({
    content: {
      "application/json": { schema: schemaOf(kind), examples: { Example: ref("examples", `${base}Example${kind}`) } },
    },
  });
  const schemaOf = (kind: string): object =>
    kind === "Request"
      ? ref("schemas", `${base}Request`)
      : { oneOf: [ref("schemas", `${base}Ok`), ref("schemas", "Failure")] };
  const operation = {
    operationId: id,
    summary: "",
    description: "",
    tags: like["tags"],
    externalDocs: { description: "", url: "" },
    "x-effect": effect,
    "x-idempotent": { value: effect === "read", description: "" },
    "x-rateLimit": like["x-rateLimit"],
    "x-source": [],
    parameters: like["parameters"],
    requestBody: { description: "", required: true, ...body("Request") },
    responses: { "200": { description: okDescription(like), ...body("Response") } },
  };
  return {
    [path]: write({ post: operation }),
    [`components/schemas/${base}Request.yaml`]: write({
      type: "object",
      description: `Body of a \`${name}\` request.`,
      additionalProperties: false,
      required: ["From_Account"],
      properties: { From_Account: { description: "", $ref: "UserId.yaml" } },
      "x-source": [],
    }),
    [`components/schemas/${base}Ok.yaml`]: write({
      description: `Body of a successful \`${name}\` response.`,
      allOf: [{ $ref: "Success.yaml" }],
      "x-source": [],
    }),
    [`components/examples/${base}ExampleRequest.yaml`]: write({
      summary: "",
      value: { From_Account: "user_0001" },
      "x-source": [],
    }),
    [`components/examples/${base}ExampleResponse.yaml`]: write({
      summary: "",
      value: { ActionStatus: "OK", ErrorCode: 0, ErrorInfo: "" },
      "x-source": [],
    }),
    "openapi.yaml": root.replace(/^components:/m, (key) => line + key),
  };

  function ref(kind: string, component: string): object {
    return { $ref: `../../components/${kind}/${component}.yaml` };
  }

  function okDescription(other: Readonly<Record<string, any>>): string {
    return other["responses"]["200"].description ?? `As in ${likeFile}.`;
  }
}

/**
 * Returns the file of a new entry of the error catalogue, with the entry at its place.
 *
 * @param code Such as `51014`.
 * @param name Such as `TooManyMarks`.
 * @throws CannotAdd if the code or the name is invalid or already exists.
 */
export function addCode(folder: string, code: string, name: string): Added {
  if (!/^\d{5}$/.test(code) || !/^[A-Z][A-Za-z]+$/.test(name))
    throw new CannotAdd(
      `\`${code} ${name}\` is not a code and a name. Write five digits and a name in PascalCase, such as \`51014 TooManyMarks\`.`,
    );
  const entries = errorFiles.map(
    (file) => parse(read(folder, file)) as readonly { readonly code: number; readonly name: string }[],
  );
  const same = entries.flat().find((entry) => entry.code === Number(code) || entry.name === name);
  if (same) throw new CannotAdd(`\`${same.code} ${same.name}\` already exists. Write another code and name.`);
  // Codes of one origin are close together, so the file with the nearest code is chosen.
  const distance = (list: readonly { readonly code: number }[]): number =>
    Math.min(...list.map((entry) => Math.abs(entry.code - Number(code))));
  const index = entries.reduce((best, list, at) => (distance(list) < distance(entries[best]!) ? at : best), 0);
  const text = read(folder, errorFiles[index]!);
  const next = entries[index]!.find((entry) => entry.code > Number(code));
  const at = next ? text.indexOf(`- code: ${next.code}\n`) : text.length;
  const entry = {
    code: Number(code),
    name,
    title: "",
    message: "",
    cause: "",
    fix: "",
    category: "request",
    retry: "never",
    operations: [],
    status: "current",
    note: "",
    source: [],
  };
  return { [errorFiles[index]!]: text.slice(0, at) + write([entry]) + text.slice(at) };
}

/**
 * Returns the file of a schema with a new field.
 *
 * @param place Schema and field, such as `GroupContactItem.Color`.
 * @param type Its JSON type.
 * @throws CannotAdd if the schema does not exist, or the field already exists.
 */
export function addField(folder: string, place: string, type: string): Added {
  const [schema = "", field = ""] = place.split(".");
  const file = `components/schemas/${schema}.yaml`;
  if (field === "" || !existsSync(join(folder, file)))
    throw new CannotAdd(
      `\`${place}\` is not a schema and a field. Write a name such as \`GroupContactItem.Color\`, with a schema of components/schemas.`,
    );
  const document = parseDocument(read(folder, file));
  const path = document.has("properties")
    ? ["properties"]
    : [
        "allOf",
        (document.toJS() as { allOf?: readonly { properties?: object }[] }).allOf?.findIndex(
          (part) => part.properties,
        ) ?? -1,
        "properties",
      ];
  const properties = document.getIn(path);
  if (!isMap(properties))
    throw new CannotAdd(`\`${file}\` has no \`properties\`. Choose the schema that it refers to.`);
  if (properties.has(field)) throw new CannotAdd(`\`${place}\` already exists. Edit it in ${file}.`);
  // Inserted as text, so that the rest of the file keeps its format.
  const text = read(folder, file);
  const start = (properties.items[0]!.key as Scalar).range![0];
  const column = start - text.lastIndexOf("\n", start) - 1;
  const end = properties.range![1];
  const margin = " ".repeat(column);
  const lines = write({ [field]: { type, ...empty } })
    .trimEnd()
    .split("\n")
    .map((line) => margin + line);
  const before = text.slice(0, end).trimEnd();
  return { [file]: `${before}\n${lines.join("\n")}\n${text.slice(before.length).replace(/^\n/, "")}` };
}

function neighbour(folder: string): readonly [file: string, operation: Readonly<Record<string, any>>] {
  const paths = (
    parse(read(folder, "openapi.yaml")) as { readonly paths: Readonly<Record<string, { readonly $ref: string }>> }
  ).paths;
  const file = Object.values(paths)[0]!.$ref.replace("./", "");
  return [file, (parse(read(folder, file)) as { readonly post: Readonly<Record<string, any>> }).post];
}

function read(folder: string, file: string): string {
  return readFileSync(join(folder, file), "utf8");
}

function write(content: object): string {
  return stringify(content, { lineWidth: 150 });
}
