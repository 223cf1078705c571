import { existsSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join, relative } from "node:path";
import { isMap, parse, parseDocument, type YAMLMap, type YAMLSeq } from "yaml";
import { report, writeWhole } from "../bundle/output.ts";
import { sourceHashes } from "../bundle/overlay.ts";
import { escape } from "../bundle/pointer.ts";
import { referenced, separate, SourceCache, sourceFiles } from "../bundle/sources.ts";
import { errorFiles } from "./scaffold.ts";

const usage = "Usage: describe remove operation <name>    such as: describe remove operation del_contact_group";

/** Removes an operation from the description, with everything that only it uses, in every language. What else mentions it is listed by `describe lint` and the compiler. */
export function remove(folder: string, [kind = "", name = "", ...others]: readonly string[]): Promise<void> {
  return report("describe remove", async () => {
    if (kind !== "operation" || name === "" || others.length > 0) {
      const found = [kind, name, ...others].filter((word) => word !== "").join(" ") || "nothing";
      return [`Expected \`operation\` and its name, but found ${found}.\n\n${usage}`];
    }
    const path = `paths/recentcontact/${name}.yaml`;
    if (!existsSync(join(folder, path)))
      return [`\`${path}\` does not exist. Write the last segment of an operation's path.`];
    if (readdirSync(join(folder, "paths/recentcontact")).length === 1)
      return [`\`${name}\` is the only operation, and a description has at least one. Add another one first.`];
    const { files, removed } = removeOperation(folder, name);
    const changed = writeWhole(
      Object.fromEntries(Object.entries(files).map(([file, text]) => [join(folder, file), text])),
    );
    for (const file of removed) rmSync(join(folder, file));
    for (const file of Object.keys(files).filter((one) => changed.includes(join(folder, one))))
      console.log(`openapi/${file}`);
    for (const file of removed) console.log(`openapi/${file} (removed)`);
    console.log("`pnpm run lint` and `pnpm run typecheck` name what still mentions it.");
    return [];
  });
}

/** A file of an operation. */
interface PathItem {
  readonly post?: { readonly operationId?: string };
}

/** What removing an operation does to the files of a description, by their paths within it. */
export interface Removal {
  /** Files with another text. */
  readonly files: Readonly<Record<string, string>>;
  /** Files that nothing needs any more. */
  readonly removed: readonly string[];
}

/**
 * Returns the files of a description without an operation: without its path, its line in `openapi.yaml`, the components and examples that only it refers to, its
 * name in the error catalogue, and the translations of all of these.
 *
 * @param name Last segment of the path of an operation that the description has.
 */
export function removeOperation(folder: string, name: string): Removal {
  const read = (file: string): string => readFileSync(join(folder, file), "utf8");
  const path = `paths/recentcontact/${name}.yaml`;
  const operationId = (parse(read(path)) as PathItem).post?.operationId;
  const { paths, overlays, untranslated } = separate(sourceFiles(folder), folder);
  const line = `  /v4/recentcontact/${name}:\n    $ref: ./${path}\n`;

  const snapshot = new SourceCache().snapshot();
  const ofOthers = (left: readonly string[]): ReadonlySet<string> => referenced(left, snapshot);
  const neededBefore = ofOthers(paths);
  let left = paths.filter((file) => file !== join(folder, path));
  for (;;) {
    const needed = ofOthers(left);
    const kept = left.filter((file) => needed.has(file) || !neededBefore.has(file));
    if (kept.length === left.length) break;
    left = kept;
  }
  const removed = paths
    .filter((file) => !left.includes(file))
    .map((file) => relative(folder, file).replaceAll("\\", "/"));

  const lists = /(?<=^  operations: )\[.*\]$/gm;
  const others = left
    .filter((file) => file.startsWith(join(folder, "paths")))
    .flatMap((file) => (snapshot.parse(file) as PathItem).post?.operationId ?? []);
  const without = (list: string): string => {
    const named = list
      .slice(1, -1)
      .split(", ")
      .filter((one) => one !== operationId);
    return others.every((one) => named.includes(one)) ? "all" : `[${named.join(", ")}]`;
  };
  const components = removed.filter((file) => file !== path);
  const gone = [
    ["paths", `/v4/recentcontact/${name}`],
    ...components.map((file) => file.replace(/\.yaml$/, "").split("/")),
  ];
  return {
    files: {
      "openapi.yaml": read("openapi.yaml").replace(line, ""),
      ...Object.fromEntries(errorFiles.map((file) => [file, read(file).replaceAll(lists, without)])),
      ...Object.fromEntries(
        overlays.map((file) => [relative(folder, file), withoutActions(readFileSync(file, "utf8"), gone)]),
      ),
      [relative(folder, untranslated)]: withoutPointers(readFileSync(untranslated, "utf8"), gone),
    },
    removed,
  };
}

/** Returns an overlay without the translations of these parts of the bundle. */
function withoutActions(overlay: string, gone: readonly (readonly string[])[]): string {
  const yaml = parseDocument(overlay);
  const actions = yaml.get("actions") as YAMLSeq<YAMLMap>;
  let isChanged = false;
  for (const tokens of gone) {
    const targets = tokens.map((_, index) => toTarget(tokens.slice(0, index + 1)));
    const whole = targets.at(-1)!;
    const kept = actions.items.filter((action) => {
      const target = String(action.get("target"));
      return target !== whole && !target.startsWith(`${whole}.`) && !target.startsWith(`${whole}[`);
    });
    if (kept.length < actions.items.length) isChanged = true;
    actions.items = kept;
    for (const action of kept) {
      const inside = tokens.slice(targets.indexOf(String(action.get("target"))) + 1);
      if (inside.length === tokens.length || !action.deleteIn(["update", ...inside])) continue;
      isChanged = true;
      const hashes = action.get(sourceHashes);
      if (!isMap(hashes)) continue;
      const path = inside.join(".");
      hashes.items = hashes.items.filter(({ key }) => !`${String(key)}.`.startsWith(`${path}.`));
    }
  }
  return isChanged ? yaml.toString({ lineWidth: 0 }) : overlay;
}

/** Returns the target of an action on a node, as JSONPath. */
function toTarget(tokens: readonly string[]): string {
  return `$${tokens.map((token) => (/^\w+$/.test(token) ? `.${token}` : `['${token}']`)).join("")}`;
}

/** Returns the list of texts that are not translated, without those of these parts of the bundle. */
function withoutPointers(list: string, gone: readonly (readonly string[])[]): string {
  const starts = gone.map((tokens) => `    - /${tokens.map(escape).join("/")}/`);
  return list
    .split("\n")
    .filter((line) => !starts.some((start) => line.startsWith(start)))
    .join("\n");
}
