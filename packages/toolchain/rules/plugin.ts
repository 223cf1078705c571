import { allOperations } from "./all-operations.ts";
import { catalogueComplete } from "./catalogue-complete.ts";
import { constantEnums } from "./constant-enums.ts";
import { descriptionPresent } from "./description-present.ts";
import { errorCodesKnown } from "./error-codes-known.ts";
import { errorOperations } from "./error-operations.ts";
import { factHasSource } from "./fact-has-source.ts";
import { failureExamplePerCode } from "./failure-example-per-code.ts";
import { failureExamples } from "./failure-examples.ts";
import { keywordTypes } from "./keyword-types.ts";
import { knownErrorCodes } from "./known-error-codes.ts";
import { knownKeywords } from "./known-keywords.ts";
import { limitsPresent } from "./limits-present.ts";
import { only200Responses } from "./only-200-responses.ts";
import { operationComplete } from "./operation-complete.ts";
import { operationIdMatchesPath } from "./operation-id-matches-path.ts";
import type { Visitor } from "./redocly.ts";
import { referenceNamesFile } from "./reference-names-file.ts";
import { referenceSiblings } from "./reference-siblings.ts";
import { successFirst } from "./success-first.ts";
import { validPattern } from "./valid-pattern.ts";
import { widelyRead } from "./widely-read.ts";

/** The Redocly plugin of a description. Rules and decorators have their file's name and are switched on in `redocly.yaml`. */
export interface Plugin {
  id: string;
  typeExtension: { oas3: typeof keywordTypes };
  rules: { oas3: Record<string, () => Visitor> };
  decorators: { oas3: Record<string, () => Visitor> };
}

/** The plugin of this description: its extension keywords, its house rules, and what the error catalogue adds to the bundle. */
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
