import { constantEnums, errorOperations, failureExamples, knownErrorCodes } from "./decorators.ts";
import { descriptionPresent, factHasSource } from "./documentation.ts";
import { allOperations, catalogueComplete, errorCodesKnown } from "./error-catalogue.ts";
import { keywordTypes, knownKeywords } from "./keywords.ts";
import { operationComplete, operationIdMatchesPath } from "./operations.ts";
import { referenceNamesFile, referenceSiblings } from "./references.ts";
import { failureExamplePerCode, only200Responses, successFirst } from "./responses.ts";
import { limitsPresent, validPattern, widelyRead } from "./schemas.ts";
import type { RuleVisitor } from "./visitor.ts";

/** A Redocly plugin. `redocly.yaml` enables its rules and decorators. */
export interface Plugin {
  id: string;
  typeExtension: { oas3: typeof keywordTypes };
  rules: { oas3: Record<string, () => RuleVisitor> };
  decorators: { oas3: Record<string, () => RuleVisitor> };
}

/** Returns the plugin of this description: its extension keywords, its rules, and the decorators that add the error catalogue to the bundle. */
export default function plugin(): Plugin {
  return {
    id: "contact-groups",
    typeExtension: { oas3: keywordTypes },
    rules: {
      oas3: {
        "all-operations": allOperations,
        "catalogue-complete": catalogueComplete,
        "description-present": descriptionPresent,
        "error-codes-known": errorCodesKnown,
        "fact-has-source": factHasSource,
        "failure-example-per-code": failureExamplePerCode,
        "known-keywords": knownKeywords,
        "limits-present": limitsPresent,
        "only-200-responses": only200Responses,
        "operation-complete": operationComplete,
        "operation-id-matches-path": operationIdMatchesPath,
        "reference-names-file": referenceNamesFile,
        "reference-siblings": referenceSiblings,
        "success-first": successFirst,
        "valid-pattern": validPattern,
        "widely-read": widelyRead,
      },
    },
    decorators: {
      oas3: {
        "constant-enums": constantEnums,
        "error-operations": errorOperations,
        "failure-examples": failureExamples,
        "known-error-codes": knownErrorCodes,
      },
    },
  };
}
