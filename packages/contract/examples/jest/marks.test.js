const { startContractServer } = require("@contact-groups/contract");
const matchers = require("@contact-groups/contract/matchers");
const { starred } = require("./marks.js");

expect.extend(matchers);

const credentials = { sdkappid: "1400000000", identifier: "administrator", usersig: "any-text" };
let api;
beforeAll(async () => {
  api = await startContractServer();
});
afterEach(() => api.reset());
afterAll(() => api.close());

test("finds a starred conversation by the first bit of its mark", async () => {
  api.plan("search_contact_group", { example: "OneConversation" });
  expect(await starred(api.url, credentials, "user_0001", ["user_0002"])).toHaveLength(1);
  expect(api).toHaveReceivedValidRequests();
});

test("throws the service's error, which has HTTP status 200", async () => {
  api.plan("search_contact_group", { error: 50001 });
  await expect(starred(api.url, credentials, "nobody", ["user_0002"])).rejects.toThrow("50001");
  expect(api).toHaveReceivedValidRequests();
});

test("rejects a user without a name with the place", async () => {
  await expect(starred(api.url, credentials, "user_0001", [""])).rejects.toThrow("/ContactItem/0/To_Account");
  expect(api).not.toHaveReceivedValidRequests();
});
