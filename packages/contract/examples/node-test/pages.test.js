import assert from "node:assert/strict";
import { afterEach, test } from "node:test";
import { createContractFetch } from "@contact-groups/contract";
import { allPages } from "./pages.js";

const credentials = { sdkappid: "1400000000", identifier: "administrator", usersig: "any-text" };
const api = createContractFetch();
const pages = (user) => allPages(api.fetch, "http://contract.test", credentials, user);

afterEach(() => {
  try {
    api.assertValid();
  } finally {
    api.reset();
  }
});

test("reads all pages", async () => {
  api.plan("get_contact_group", [{ example: "FirstOfTwoPages" }, { example: "LastOfTwoPages" }]);
  assert.equal((await pages("user_0003")).length, 3);
});

test("stops after the first page when it is the last", async () => {
  assert.equal((await pages("user_0001")).length, 2);
});

test("stops at a failure", async () => {
  api.plan("get_contact_group", [{ example: "FirstOfTwoPages" }, { error: "ServiceTimeout" }]);
  await assert.rejects(pages("user_0003"), /60008/);
});
