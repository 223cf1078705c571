import { expect, test } from "vitest";
import { edited, makeFrom, type Edit } from "../edited.ts";

const paths = "paths/recentcontact";

test.each<[string, string, Edit, string]>([
  [
    "a page begins at a field of the request",
    "get",
    (one) => (one["x-paging"].start = "Start"),
    "`Start` is not a field of the request of type `integer`. Those are `StartIndex`.",
  ],
  [
    "the next page is a field of the response",
    "get",
    (one) => (one["x-paging"].next = "Next"),
    "Those are `ErrorCode`, `CompleteFlag`, `NextStartIndex`.",
  ],
  [
    "the list of a page is a list",
    "get",
    (one) => (one["x-paging"].items = "CompleteFlag"),
    "Those are `ContactItem`, `GroupItem`.",
  ],
  [
    "a name is joined by fields of the list and of the table",
    "get",
    (one) => (one["x-paging"].join.ids = "GroupIds"),
    "`GroupIds` is not a field of each item of `ContactItem`.",
  ],
  [
    "a table of names has the name",
    "get",
    (one) => (one["x-paging"].join.name = "Name"),
    "`Name` is not a field of each item of `GroupItem`.",
  ],
  [
    "names are identified by a field of their table",
    "search",
    (one) => (one["x-batch"].namesBy = "Id"),
    "`Id` is not a field of each item of `GroupItem`.",
  ],
  [
    "a code that refuses a call because of one item is one of the operation",
    "search",
    (one) => (one["x-batch"].itemErrors = [51006]),
    "The error catalogue does not list 51006 for this operation.",
  ],
  [
    "a list that is split is one of the request",
    "search",
    (one) => (one["x-batch"].request = "/From_Account"),
    "`/From_Account` is not the path of one list in the request.",
  ],
  [
    "a list that is joined is one of the response",
    "search",
    (one) => (one["x-batch"].response = "/Items"),
    "`/Items` is not the path of one list in the response.",
  ],
  [
    "items with a code of their own are declared",
    "create",
    (one) => delete one["x-itemResults"],
    "which `x-itemResults` does not name",
  ],
  [
    "the declared items have a code of their own",
    "create",
    (one) => (one["x-itemResults"].response = "/GroupResultItem"),
    "The response has `ResultCode` in the items of `/GroupResultItem/*/ResultItem`",
  ],
  [
    "the declared items are items of the request",
    "create",
    (one) => (one["x-itemResults"].request = "/GroupContactItem/ContactItem"),
    "is not the path of a list in the request",
  ],
  [
    "the declared lists are as deep in the request as in the response",
    "create",
    (one) => (one["x-itemResults"].request = "/GroupContactItem"),
    "are not equally deep",
  ],
  [
    "an operation without such items declares none",
    "get",
    (one) => (one["x-itemResults"] = { request: "/A", response: "/B" }),
    "No list of the response has items with `ResultCode`.",
  ],
])("%s", async (_, name, edit, message) => {
  const file = `${paths}/${name}_contact_group.yaml`;
  const { problems } = await makeFrom(edited({ [file]: (path) => edit(path.post) }));
  expect(problems.join("\n")).toContain(message);
  expect(problems.filter((problem) => !problem.startsWith(`openapi/${file}:`))).toEqual([]);
});

test("a list that is split has a limit", async () => {
  const { problems } = await makeFrom(
    edited({
      "components/schemas/SearchContactGroupRequest.yaml": (schema) => {
        delete schema.properties.ContactItem.maxItems;
        schema.properties.ContactItem["x-bound"] = "No document limits it.";
      },
    }),
  );
  // The texts that name it are reported as well.
  expect(problems.filter((problem) => !problem.includes("(placeholder-known)"))).toEqual([
    expect.stringMatching(/search_contact_group\.yaml:\d+:\d+ `\/ContactItem` has no `maxItems`/),
  ]);
});

test("all operations have the same parameters", async () => {
  const { problems } = await makeFrom(
    edited({ [`${paths}/get_contact_group.yaml`]: (path) => path.post.parameters.pop() }),
  );
  expect(problems).toEqual([expect.stringContaining("All operations have the same parameters in the query")]);
});
