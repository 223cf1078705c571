import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";

interface PackageManifest {
  readonly name: string;
  readonly version: string;
  readonly license?: string;
  /** The form before 2014. */
  readonly licenses?: readonly { readonly type: string }[];
  readonly author?: string | { readonly name: string };
}

const rule = "-".repeat(80);

/**
 * Writes the notices of the packages that bundled files come from: name, version, licence and the text of it.
 *
 * @param files Paths of the bundled files, relative to `root`. Those outside `node_modules` are ours.
 * @throws {Error} when a package names no licence.
 */
export function noticesOf(files: readonly string[], root: string): string {
  const folders = new Set(
    files.flatMap((file) => (file.includes("node_modules/") ? [packageOf(join(root, file))] : [])),
  );
  const notices = new Map([...folders].map((folder): [string, string] => notice(folder)));
  const introduction =
    "prism.cjs in this folder holds code of the packages below in another form. Parts that are never run are left out,\n" +
    "and validator/validators/utils.js of @stoplight/prism-http is changed: it no longer validates schemas.\n";
  return [
    introduction,
    ...[...notices].toSorted(([one], [other]) => (one < other ? -1 : 1)).map(([, text]) => text),
  ].join(`\n${rule}\n\n`);
}

/** The folder of the package that a file belongs to. A package.json without a name only selects the module system. */
function packageOf(file: string): string {
  const folder = dirname(file);
  const manifest = join(folder, "package.json");
  return existsSync(manifest) && "version" in JSON.parse(readFileSync(manifest, "utf8")) ? folder : packageOf(folder);
}

function notice(folder: string): [title: string, text: string] {
  const manifest = JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as PackageManifest;
  const { name, version, author } = manifest;
  const license = manifest.license ?? manifest.licenses?.map(({ type }) => type).join(" AND ");
  if (!license) throw new Error(`${name} ${version} does not say its licence in package.json.`);
  const title = `${name} ${version} (${license})`;
  const texts = readdirSync(folder)
    .filter((file) => /^(licence|license|copying|notice)(-\w+)?(\.\w+)?$/i.test(file))
    .map((file) => readFileSync(join(folder, file), "utf8").trim());
  const by = typeof author === "object" ? author.name : author;
  return [title, `${[title, ...(texts.length > 0 ? texts : [`by ${by ?? "its contributors"}`])].join("\n\n")}\n`];
}
