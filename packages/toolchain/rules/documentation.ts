import { didYouMean } from "./nearest.ts";
import { type Context, isComponent, type Location, type Visit, type RuleVisitor } from "./visitor.ts";

interface SourcedFact {
  /** What states the fact, as the message names it. */
  subject: string;
  keyword: string;
  sources: unknown;
  location: Location;
  report: Context["report"];
}

/**
 * Creates the rule `fact-has-source`: every fact lists the documents that it is taken from, as keys of `x-documents`: in `x-source`, or in `source` of a catalogue entry.
 * A property whose schema is a component has that component's source.
 */
export function factHasSource(): RuleVisitor {
  const documents = new Set<string>();
  const claims: SourcedFact[] = [];

  function claim(
    node: Record<string, unknown>,
    subject: string,
    { location, report }: Omit<Context, "key">,
    keyword = "x-source",
  ): void {
    claims.push({ subject, keyword, sources: node[keyword], location, report });
  }
  const fact: Visit = (node: Record<string, unknown>, context) => claim(node, `This ${context.type.name}`, context);

  return {
    Info: fact,
    Server: fact,
    Operation: fact,
    Parameter: fact,
    SecurityScheme: fact,
    Example: fact,
    Limit: fact,
    RequestCheck: fact,
    ErrorEntry(entry: Record<string, unknown>, context): void {
      claim(entry, "This entry", context, "source");
    },
    Schema(schema: Record<string, unknown>, context): void {
      if (isComponent(context.location)) claim(schema, "This component", context);
    },
    // A component that is itself a `$ref` with keywords next to it is not a node of its own to the other visits.
    ref(node: Record<string, unknown>, context): void {
      if (context.type.name === "Schema" && isComponent(context.location)) claim(node, "This component", context);
    },
    SchemaProperties(properties: Record<string, Record<string, unknown>>, context): void {
      for (const [name, property] of Object.entries(properties)) {
        if (Object.hasOwn(property, "$ref") && !Object.hasOwn(property, "x-source")) continue;
        claim(property, `Property \`${name}\``, { ...context, location: context.location.child([name]) });
      }
    },
    Document(document: Record<string, unknown>, { key, location, report }): void {
      documents.add(String(key));
      if (/^(\d{4}(-\d\d){0,2}|not shown)$/.test(String(document["date"]))) return;
      report({
        message: `\`date\` of a document is a year, month or day such as 2026, 2026-04 or 2026-04-14, quoted, or \`not shown\`.`,
        location: location.child(["date"]),
      });
    },
    Root: {
      leave(): void {
        for (const { subject, keyword, sources, location, report } of claims) {
          if (!Array.isArray(sources) || sources.length === 0) {
            report({
              message: `${subject} has no \`${keyword}\`. List the keys of documents.yaml where it is stated, or \`project\` if no document states it.`,
              location: location.key(),
            });
            continue;
          }
          for (const [index, source] of sources.entries()) {
            if (documents.has(source)) continue;
            report({
              message: `\`${keyword}\` lists \`${source}\`, which is not in documents.yaml. Add the document there.${didYouMean(String(source), documents)}`,
              location: location.child([keyword, index]),
            });
          }
        }
      },
    },
  };
}

/**
 * Creates the rule `description-present`: servers, security schemes, component schemas and properties have a description. Operations, parameters and tags are left to
 * Redocly's own rules `operation-description`, `parameter-description` and `tag-description`.
 */
export function descriptionPresent(): RuleVisitor {
  return {
    Server: requireDescription,
    SecurityScheme: requireDescription,
    Schema(schema: { description?: unknown }, context): void {
      if (isComponent(context.location)) requireDescription(schema, context);
    },
    SchemaProperties(properties: Record<string, { description?: unknown }>, { location, report, resolve }): void {
      for (const [name, property] of Object.entries(properties)) {
        if (
          isText(property.description) ||
          isText((resolve(property).node as { description?: unknown } | undefined)?.description)
        )
          continue;
        report({
          message: `Property \`${name}\` has no \`description\`. Describe its purpose, its unit and its limit.`,
          location: location.child([name]).key(),
        });
      }
    },
  };
}

function requireDescription(node: { description?: unknown }, { location, report, type }: Context): void {
  if (isText(node.description)) return;
  report({
    message: `This ${type.name} has no \`description\`. Describe in one sentence what it is for.`,
    location: location.key(),
  });
}

function isText(value: unknown): boolean {
  return typeof value === "string" && value.trim() !== "";
}
