import { edit, operation, type FixtureEdit } from "./fixture-edit.ts";

/** Puts another word for one wherever it stands in the description: in keys, values and texts. */
function everywhere(document: any, from: string | RegExp, to: string): void {
  Object.assign(document, JSON.parse(JSON.stringify(document).replaceAll(from, to)));
}

/** Edits of one fact that shows in many places: each is one change. */
export const followerEdits: FixtureEdit[] = [
  edit(
    "a response field renamed, with its examples, texts and declared properties",
    "field-renamed",
    "/components/schemas/GetContactGroupOk/allOf/1/properties/CompleteFlag",
    (d) => everywhere(d, "CompleteFlag", "Complete"),
  ),
  edit(
    "a required request field renamed, with its examples and texts",
    "field-renamed",
    "/components/schemas/GetContactGroupRequest/properties/StartIndex",
    (d) => everywhere(d, /(?<!Next)StartIndex/g, "BeginIndex"),
  ),
  edit(
    "a schema renamed, with each reference to it",
    "component-renamed",
    "/components/schemas/OneToOneConversation",
    (d) => {
      d.components.schemas.SingleConversation = d.components.schemas.OneToOneConversation;
      delete d.components.schemas.OneToOneConversation;
      everywhere(d, "#/components/schemas/OneToOneConversation", "#/components/schemas/SingleConversation");
    },
  ),
  edit("a limit renamed", "limit-renamed", "/x-limits/groupsPerUser", (d) => {
    const { groupsPerUser, ...others } = d["x-limits"];
    d["x-limits"] = { ...others, groups: groupsPerUser };
    everywhere(d, "x-limits.groupsPerUser", "x-limits.groups");
  }),
  edit("an example renamed", "example-renamed", "/components/examples/GetOnlyPageRequest", (d) => {
    const media = operation(d, "get").requestBody.content["application/json"];
    const { OnlyPage, ...others } = media.examples;
    media.examples = { ...others, OnePage: OnlyPage };
  }),
  edit("a limit raised, with the texts that say it", "limit-raised", "/x-limits/groupsPerUser/maximum", (d) => {
    d["x-limits"].groupsPerUser.maximum = 25;
    everywhere(d, /(?<=(?:limit of|at most) )20(?= |\.)/g, "25");
  }),
];
