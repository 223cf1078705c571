/** What an editor shows for the built types: a name for each body, and a text for each property of a request or a result. */
import { fileURLToPath } from "node:url";
import ts from "typescript-5";
import { expect, test } from "vitest";
import { operations, type OperationId } from "@contact-groups/openapi/model";

const declarations = fileURLToPath(new URL("../dist/index.d.ts", import.meta.url));
const file = fileURLToPath(new URL("hovered.ts", import.meta.url));
const text = `import type { Client } from "${declarations.replace(".d.ts", ".js")}";
declare const client: Client;
const requests = [${Object.keys(operations)
  .map((id) => `{} as Parameters<Client["${id}"]>[0]`)
  .join(", ")}] as const;
${Object.keys(operations)
  .map((id) => `const result_${id} = await client.${id}({} as never);`)
  .join("\n")}
const iterator = client.iterateContactGroup({ From_Account: "user15" });
for await (const item of iterator) void item;
for await (const page of iterator.pages()) void page;
export { requests };
`;

const service = ts.createLanguageService({
  getScriptFileNames: () => [file],
  getScriptVersion: () => "1",
  getScriptSnapshot(name) {
    const content = name === file ? text : ts.sys.readFile(name);
    return content === undefined ? undefined : ts.ScriptSnapshot.fromString(content);
  },
  getCurrentDirectory: () => fileURLToPath(new URL(".", import.meta.url)),
  getCompilationSettings: () => ({
    strict: true,
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
    types: [],
    skipLibCheck: true,
  }),
  getDefaultLibFileName: ts.getDefaultLibFilePath,
  fileExists: (name) => name === file || ts.sys.fileExists(name),
  readFile: (name) => (name === file ? text : ts.sys.readFile(name)),
  directoryExists: ts.sys.directoryExists,
  getDirectories: ts.sys.getDirectories,
});
const program = service.getProgram()!;
const checker = program.getTypeChecker();
const source = program.getSourceFile(file)!;

/** The variables of the program above, by name. */
const variables = new Map<string, ts.Identifier>();
const visit = (node: ts.Node): void => {
  if (ts.isVariableDeclaration(node) && ts.isIdentifier(node.name)) variables.set(node.name.text, node.name);
  ts.forEachChild(node, visit);
};
visit(source);

/** What an editor shows for a variable. */
function hover(name: string): string {
  const info = service.getQuickInfoAtPosition(file, variables.get(name)!.getStart());
  return ts.displayPartsToString(info?.displayParts);
}

/** The properties of a type and of the types inside it, each with its text. */
function properties(type: ts.Type, place: string, seen: Set<ts.Type>): readonly (readonly [string, string])[] {
  if (seen.has(type)) return [];
  seen.add(type);
  if (type.isUnion()) return type.types.flatMap((one) => properties(one, place, seen));
  if (checker.isArrayType(type) || checker.isTupleType(type))
    return checker.getTypeArguments(type as ts.TypeReference).flatMap((item) => properties(item, `${place}/*`, seen));
  if (!type.isIntersection() && !(type.flags & ts.TypeFlags.Object)) return [];
  return checker.getPropertiesOfType(type).flatMap((property) => {
    const at = `${place}/${property.name}`;
    const own = ts.displayPartsToString(property.getDocumentationComment(checker));
    return [[at, own] as const, ...properties(checker.getTypeOfSymbol(property), at, seen)];
  });
}

const typeOf = (name: string): ts.Type => checker.getTypeAtLocation(variables.get(name)!);

test("the program that is hovered over compiles", () => {
  expect(service.getSemanticDiagnostics(file).map(({ messageText }) => messageText)).toEqual([]);
});

const ids = Object.keys(operations) as OperationId[];
const names = [...ids.map((id) => `result_${id}`), "item", "page"];

test.each(names)("%s is shown by name", (name) => {
  expect(hover(name)).toMatch(/^const \w+: \w+(<"\w+">)?( & \w+)?$/);
});

test.each(["requests", ...names])("every property of %s has a text", (name) => {
  const found = properties(typeOf(name), name, new Set());
  expect(found.length).toBeGreaterThan(5);
  expect(found.filter(([, own]) => own === "").map(([at]) => at)).toEqual([]);
});

test("the text of a property with a limit has the limit", () => {
  const found = new Map(properties(typeOf("requests"), "", new Set()));
  const limited = [...found].filter(([at]) => /\/(GroupName|From_Account|SetMark|ContactItem)$/.test(at));
  expect(limited.length).toBeGreaterThan(3);
  expect(found.get([...found.keys()].find((at) => at.endsWith("/GroupName"))!)).toContain("1 to 32 bytes");
  expect(found.get([...found.keys()].find((at) => at.endsWith("/SetMark"))!)).toContain("0 to 63");
});
