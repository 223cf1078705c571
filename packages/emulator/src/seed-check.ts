import { checkDocument, DocumentError } from "./document-error.ts";
import { seedField } from "./generated/control.ts";
import type { SeedConversation, SeedDocument } from "./seed-document.ts";

/** Throws a `DocumentError` that names the place of the first value that a seed cannot have. */
export function checkSeed(document: unknown): asserts document is SeedDocument {
  checkDocument(document, seedField);
  for (const [index, app] of (document as SeedDocument).apps.entries()) {
    for (const [user, { conversations = [] }] of (app.users ?? []).entries()) {
      for (const [place, conversation] of conversations.entries())
        checkConversation(conversation, `/apps/${index}/users/${user}/conversations/${place}`);
    }
  }
}

/** What the schema does not say. */
function checkConversation({ groups = [], joined, standardMark, customMark }: SeedConversation, place: string): void {
  if (joined && joined.length !== groups.length) throw DocumentError.at(`${place}/joined`, "must be as long as groups");
  if (groups.length === 0 && !standardMark && !customMark)
    throw DocumentError.at(place, "must be in a group or have a mark, or it is not kept");
}
