import { createContractFetch } from "@contact-groups/contract";
import { CarelessContacts } from "./careless-contacts.js";

/** The responses that show the bug, where the default does not. */
const responses = {
  createsAgainWithoutLooking: ["create_contact_group", { status: 502 }],
  repeatsWhatCannotSucceed: ["get_contact_group", { error: "UserNotImported" }],
  keepsAnExpiredUserSig: ["get_contact_group", { error: "UserSigExpired" }],
  looksAtTheStatusOnly: ["get_contact_group", { error: "InternalFailure" }],
  countsItemsForTheNextPage: ["get_contact_group", { example: "FirstOfTwoPages" }],
  givesUpAtTheFirstFailure: ["get_contact_group", [{ error: "ServiceTimeout" }, { example: "OnlyPage" }]],
  usesWhatWasNotCreated: ["create_contact_group", { error: "TooManyConversationGroups" }],
  repeatsWhatSucceeded: ["create_contact_group", { example: "PartialFailure" }],
  stopsAfterTheFirstPage: ["get_contact_group", { example: "FirstOfTwoPages" }],
};

/** A frozen clock, so the output is always the same. */
const clock = { now: () => 0, after: () => () => {} };

for (const bug of Object.getOwnPropertyNames(CarelessContacts.prototype).filter((name) => name !== "constructor")) {
  const api = createContractFetch({ clock });
  const [operation, planned] = responses[bug] ?? [];
  if (operation) api.plan(operation, planned);
  let random = 0;
  await new CarelessContacts(api.fetch, () => random++)[bug]();
  console.log(bug);
  for (const { rule, call, pointer, message, fix } of api.violations())
    console.log(`  ${rule}, call ${call}${pointer && ` ${pointer}`}\n    ${message}\n    Fix: ${fix}`);
}
