/** A field of a response that the description renames does not compile in the emulator, so that none goes on with an old name. */
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { type Field, type OperationId, operations, responseFields } from "@contact-groups/openapi/model";
import ts from "typescript-5";
import { afterAll, expect, test } from "vitest";

const root = fileURLToPath(new URL("..", import.meta.url));
const { config } = ts.readConfigFile(`${root}tsconfig.json`, (path) => readFileSync(path, "utf8")) as {
  config: object;
};
const { options } = ts.parseJsonConfigFileContent({ ...config, include: ["src"] }, ts.sys, root);
const entry = `${root}src/index.ts`;
const parsed = new Map<string, ts.SourceFile>();

/** A program of the emulator in which the file at `path` has another text. */
function programWith(path?: string, text?: string, before?: ts.Program): ts.Program {
  const host = ts.createCompilerHost(options);
  const read = host.getSourceFile;
  host.getSourceFile = (name, languageOptions, ...rest) => {
    if (name === path) return ts.createSourceFile(name, text!, languageOptions, true);
    const known = parsed.get(name) ?? read(name, languageOptions, ...rest);
    if (known) parsed.set(name, known);
    return known;
  };
  return ts.createProgram({ rootNames: [entry], options, host, ...(before && { oldProgram: before }) });
}

const program = programWith();
const checker = program.getTypeChecker();

/** A field of a response where it is declared. */
interface Declared {
  readonly where: string;
  readonly declaration: ts.PropertySignature;
}

/** The declarations of a field's fields, and of those inside them. */
function declarationsOf(field: Field, type: ts.Type, where: string): readonly Declared[] {
  const bare = checker.getNonNullableType(type);
  if (field.type === "array")
    return declarationsOf(field.items, checker.getTypeArguments(bare as ts.TypeReference)[0]!, where);
  if (field.type === "union") return field.alternatives.flatMap((one) => declarationsOf(one, bare, where));
  if (field.type !== "object") return [];
  return Object.entries(field.fields).flatMap(([name, inner]) => {
    const kinds = bare.isUnion() ? bare.types : [bare];
    const found = kinds.flatMap((kind) => checker.getPropertyOfType(kind, name) ?? []);
    // Otherwise the model and its types are not of the same description.
    if (found.length === 0) throw new Error(`The types have no ${name} in ${where}.`);
    return found.flatMap((property) => [
      ...(property.declarations ?? []).map((declaration) => ({
        where: `${where}/${name}`,
        declaration: declaration as ts.PropertySignature,
      })),
      ...declarationsOf(inner, checker.getTypeOfSymbol(property), `${where}/${name}`),
    ]);
  });
}

/** The type of a response, by way of the types that the model is described by. */
function responseType(id: OperationId): ts.Type {
  const types = program.getSourceFiles().find(({ fileName }) => fileName.endsWith("/openapi/dist/types.d.ts"))!;
  const exported = checker
    .getExportsOfModule(checker.getSymbolAtLocation(types)!)
    .find(({ name }) => name === "operations")!;
  return [id, "responses", "200", "content", "application/json"].reduce(
    (type, name) => checker.getTypeOfSymbol(checker.getPropertyOfType(type, name)!),
    checker.getDeclaredTypeOfSymbol(exported),
  );
}

const all = (Object.keys(operations) as OperationId[]).flatMap((id) =>
  declarationsOf(responseFields[id], responseType(id), id),
);
/** Each declaration once, with the first of its places. */
const fields = [...new Map(all.toReversed().map((one) => [one.declaration, one])).values()].toReversed();

/** Codes of errors about reading a field that is not there. They say nothing of a response: a request can have the same field. */
const readings = new Set([2339, 2551, 2459]);

/** The files of the emulator, those that a rename broke lately first. */
let order = program
  .getSourceFiles()
  .filter(({ fileName }) => fileName.startsWith(`${root}src/`))
  .map(({ fileName }) => fileName);

/** The first error that is not about a reading. */
function firstError(renamed: ts.Program): string | undefined {
  for (const name of order) {
    const found = renamed.getSemanticDiagnostics(renamed.getSourceFile(name)).find(({ code }) => !readings.has(code));
    if (!found) continue;
    order = [name, ...order.filter((other) => other !== name)];
    return ts.flattenDiagnosticMessageText(found.messageText, " ");
  }
  return undefined;
}

test("the emulator compiles as it is", () => {
  expect(firstError(program)).toBeUndefined();
});

test.each(fields)("no response has $where when the description renames it", ({ declaration }) => {
  const { fileName, text } = declaration.getSourceFile();
  const { name } = declaration;
  const renamed = `${text.slice(0, name.getStart())}${name.getText()}Renamed${text.slice(name.getEnd())}`;
  expect(firstError(programWith(fileName, renamed, program))).toBeDefined();
});

afterAll(() => parsed.clear());
