import { type BaseResolver, isRef, type LocationObject, unescapePointerFragment } from "@redocly/openapi-core";
import type { Source } from "@redocly/openapi-core";

interface Walk {
  source: Source;
  parsed: unknown;
  node: unknown;
  path: readonly string[];
}

/**
 * Where a place of the bundle, as a JSON pointer, comes from: the file and the place in it. What the bundler itself adds comes from the nearest
 * place around it that is in a file.
 *
 * @param root Absolute path of `openapi.yaml`.
 */
export async function sourceOf(pointer: string, root: string, resolver: BaseResolver): Promise<LocationObject> {
  const tokens = tokensOf(pointer);
  // The bundler names a component after its file, and the root does not list each of them.
  const [, kind, name, ...inside] = tokens;
  const component = `./components/${kind}/${name}.yaml`;
  if (tokens[0] === "components" && name !== undefined) {
    const found = await walkFile(component, root, resolver);
    if (found !== undefined) return placeOf(await walk(found, inside, resolver));
  }
  return placeOf(await walk((await walkFile(root, null, resolver))!, tokens, resolver));
}

/** The tokens of a JSON pointer, also of one that is a fragment of a URL. */
export function tokensOf(pointer: string): string[] {
  const tokens = pointer.replace(/^#?\/?/, "").split("/");
  return tokens.filter((token) => token !== "").map((token) => unescapePointerFragment(token));
}

function placeOf({ source, path }: Walk): LocationObject {
  const tokens = path.map((token) => token.replaceAll("~", "~0").replaceAll("/", "~1"));
  return { source, pointer: `#/${tokens.join("/")}` };
}

async function walk(start: Walk, tokens: readonly string[], resolver: BaseResolver): Promise<Walk> {
  let here = start;
  for (const token of tokens) {
    // What stands next to a `$ref` is where it stands, and not where the `$ref` leads.
    if (!has(here.node, token)) here = await follow(here, resolver);
    if (!has(here.node, token)) return here;
    here = { ...here, node: here.node[token], path: [...here.path, token] };
  }
  return await follow(here, resolver);
}

function has(node: unknown, token: string): node is Readonly<Record<string, unknown>> {
  return typeof node === "object" && node !== null && Object.hasOwn(node, token);
}

async function follow(here: Walk, resolver: BaseResolver): Promise<Walk> {
  if (!isRef(here.node)) return here;
  const [file = "", pointer = ""] = here.node.$ref.split("#");
  const start =
    file === "" ? { ...here, node: here.parsed, path: [] } : await walkFile(file, here.source.absoluteRef, resolver);
  return start === undefined ? here : await walk(start, tokensOf(pointer), resolver);
}

async function walkFile(file: string, base: string | null, resolver: BaseResolver): Promise<Walk | undefined> {
  const document = await resolver.resolveDocument(base, file, base === null).catch(() => undefined);
  if (document === undefined || document instanceof Error) return undefined;
  return { source: document.source, parsed: document.parsed, node: document.parsed, path: [] };
}
