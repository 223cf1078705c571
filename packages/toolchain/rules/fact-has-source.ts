import { isComponent } from "./components.ts";
import { didYouMean } from "./nearest.ts";
import type { Context, Location, Visit, Visitor } from "./redocly.ts";

interface Claim {
  /** What claims to be a fact, as a reader calls it. */
  subject: string;
  keyword: string;
  sources: unknown;
  location: Location;
  report: Context["report"];
}

type Node = Record<string, unknown>;

/**
 * Rule: every fact names the documents that it is taken from, as keys of `x-documents`: in `x-source`, or in `source` of a catalogue entry.
 * A property whose schema is a component has that component's source.
 */
export function factHasSource(): Visitor {
  const documents = new Set<string>();
  const claims: Claim[] = [];

  function claim(node: Node, subject: string, { location, report }: Omit<Context, "key">, keyword = "x-source"): void {
    claims.push({ subject, keyword, sources: node[keyword], location, report });
  }
  const fact: Visit = (node: Node, context) => claim(node, `This ${context.type.name}`, context);

  return {
    Info: fact,
    Server: fact,
    Operation: fact,
    Parameter: fact,
    SecurityScheme: fact,
    Example: fact,
    Limit: fact,
    RequestCheck: fact,
    ErrorEntry(entry: Node, context): void {
      claim(entry, "This entry", context, "source");
    },
    Schema(schema: Node, context): void {
      if (isComponent(context.location)) claim(schema, "This component", context);
    },
    // A component that is itself a `$ref` with keywords beside it is not a node of its own to the other visits.
    ref(node: Node, context): void {
      if (context.type.name === "Schema" && isComponent(context.location)) claim(node, "This component", context);
    },
    SchemaProperties(properties: Record<string, Node>, context): void {
      for (const [name, property] of Object.entries(properties)) {
        if (Object.hasOwn(property, "$ref") && !Object.hasOwn(property, "x-source")) continue;
        claim(property, `Property \`${name}\``, { ...context, location: context.location.child([name]) });
      }
    },
    Document(document: Node, { key, location, report }): void {
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
              message: `${subject} has no \`${keyword}\`. List the keys of documents.yaml that say it, or \`project\` where no document does.`,
              location: location.key(),
            });
            continue;
          }
          for (const [index, source] of sources.entries()) {
            if (documents.has(source)) continue;
            report({
              message: `\`${keyword}\` names \`${source}\`, which is not in documents.yaml. Add the document there first.${didYouMean(String(source), documents)}`,
              location: location.child([keyword, index]),
            });
          }
        }
      },
    },
  };
}
