import type { Role } from "./branch.ts";
import * as catalogue from "./catalogue-rules.ts";
import { differences, type Difference } from "./difference.ts";
import { type Fact, follows, numberFacts, otherName } from "./followers.ts";
import { documentBranch } from "./document-branch.ts";
import * as document from "./document-rules.ts";
import { kinds, type Kind } from "./kinds.ts";
import * as operation from "./operation-rules.ts";
import { rows, type Bump, type Row } from "./rows.ts";
import * as schema from "./schema-rules.ts";
import type { Node } from "./node.ts";
import { operationIds } from "./operation-branch.ts";
import { subjectOf } from "./subject.ts";
import type { Rule } from "./verdict.ts";

/** A change of the description, rated. */
export interface Change {
  kind: Kind;
  /** JSON pointer in the newer bundle, or in the older one where the newer has nothing there. */
  pointer: string;
  /** What changed, as programs name it: a field, a code, an operation. */
  subject: string;
  /** What happened, as a sentence in Markdown. */
  what: string;
  whoBreaks: string;
  whatToDo: string;
  /** The bump by the table of .changeset/README.md, as it holds from 1.0.0 on. */
  bump: Bump;
  /** Other places where the same change shows. */
  also: readonly string[];
}

/** The bumps, smallest first. */
export const bumps: readonly Bump[] = ["patch", "minor", "major"];

const rules: Readonly<Record<Role, Rule>> = {
  document: document.documentRule,
  servers: document.serversRule,
  server: document.serverRule,
  variables: document.variablesRule,
  variable: document.variableRule,
  limits: catalogue.limitsRule,
  limit: catalogue.limitRule,
  checks: catalogue.checksRule,
  check: catalogue.answeredOrText,
  errors: catalogue.entryRule,
  error: catalogue.entryKeyRule,
  raised: catalogue.raisedRule,
  tags: document.tagsRule,
  tag: document.textRule,
  componentNames: document.componentRule,
  schemes: operation.schemesRule,
  scheme: operation.schemeRule,
  operations: operation.operationsRule,
  operation: operation.operationRule,
  rate: catalogue.rateRule,
  parameters: operation.parametersRule,
  parameter: operation.parameterRule,
  body: operation.parameterRule,
  contents: operation.contentsRule,
  media: operation.mediaRule,
  examples: operation.exampleRule,
  responses: operation.responsesRule,
  schema: schema.keywordRule,
  properties: schema.propertyRule,
  required: schema.requiredRule,
  members: schema.memberRule,
  bits: document.bitRule,
  bitRange: document.bitRangeRule,
  errorCodes: catalogue.errorCodesRule,
  texts: document.textRule,
};

/**
 * Every change between two bundles of the description (`openapi.json`), the largest step first. `info.version` is no change: a release sets it.
 * A field that is both sent and read is judged as both, and the larger step counts. What no rule rates is major.
 *
 * @example
 * const [change] = compareDescriptions(released, bundle);
 * console.log(change?.bump, change?.what);
 *
 * @throws Error where a bundle refers to something that it does not have.
 */
export function compareDescriptions(before: object, after: object): Change[] {
  const [treeBefore, treeAfter] = [documentBranch(before as Node), documentBranch(after as Node)];
  const [idsBefore, idsAfter] = [operationIds(before), operationIds(after)];
  const found = differences(treeBefore, treeAfter).filter(
    // The codes of an operation come, go and are renamed with it.
    ({ key, holders }) => holders.after.role !== "raised" || (idsBefore.has(key) && idsAfter.has(key)),
  );
  const facts = found.flatMap(factsOf);
  const followers = found.filter((difference) => factsOf(difference).length === 0 && follows(difference, facts));
  const also = [...followers, ...found.filter((difference) => otherName(difference))].map(({ pointer }) => pointer);
  const largest = new Map<string, Change>();
  for (const change of found
    .filter((difference) => !followers.includes(difference))
    .flatMap((one) => rate(one, also))) {
    const known = largest.get(`${change.pointer} ${change.subject}`);
    if (!known || step(change.bump) > step(known.bump)) largest.set(`${change.pointer} ${change.subject}`, change);
  }
  return [...largest.values()].toSorted((one, other) => step(other.bump) - step(one.bump));
}

/** The largest bump of some changes; undefined where there is none. */
export function largestBump(changes: readonly { bump: Bump }[]): Bump | undefined {
  return bumps.findLast((bump) => changes.some((change) => change.bump === bump));
}

/** How large a bump is: 0 for patch, 2 for major. */
export function step(bump: Bump): number {
  return bumps.indexOf(bump);
}

/** A name or a number that changed, which texts, examples and declared properties repeat. */
function factsOf(difference: Difference): Fact[] {
  const { key, before, after, holders } = difference;
  const now = after === undefined ? otherName(difference) : undefined;
  if (now !== undefined) return [{ from: key, to: now }];
  const isLimit = holders.after.role === "schema" || holders.after.role === "limit" || holders.after.role === "rate";
  return isLimit && typeof before === "number" && typeof after === "number" ? numberFacts(before, after) : [];
}

function rate(difference: Difference, also: readonly string[]): Change[] {
  const verdict = rules[difference.holders.after.role](difference);
  if (!verdict) return [];
  const [kind, what] = verdict;
  const { key, pointer, name, holders } = difference;
  const subject = subjectOf({ role: holders.after.role, key, pointer, name });
  const { bump, whoBreaks, whatToDo }: Row = rows[kinds[kind]];
  return [
    {
      kind,
      bump,
      pointer,
      subject,
      what: `\`${subject}\` ${what}.`,
      whoBreaks,
      whatToDo,
      also: kind.endsWith("-renamed") ? also : [],
    },
  ];
}
