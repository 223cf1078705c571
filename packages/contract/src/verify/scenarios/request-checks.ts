/** Scenarios of what is checked before an operation: the URL, the app, the UserSig, the caller and the syntax of the body. */
import { type OperationId, operations, requestChecks as checks } from "@contact-groups/openapi/model";
import { absentOr } from "../matching.ts";
import { fresh, imported, scenario, type Scenario, unknown } from "../scenario.ts";
import { marks, newGroup, page, star, to } from "./bodies.ts";

const everyOperation = Object.keys(operations) as OperationId[];
const noSuchCommand = "/v4/recentcontact/no_such_command";
const notJson = { text: "not JSON" };
/** `{"a":"??"}`, with two bytes that UTF-8 does not have. */
const notUtf8 = Uint8Array.from([123, 34, 97, 34, 58, 34, 255, 254, 34, 125]);

export const requestChecks: readonly Scenario[] = [
  scenario({
    id: "request-check-path",
    title: "An unknown path is rejected",
    group: "request-checks",
    operations: ["getContactGroup"],
    calls: 2,
    reason: "A misspelt command must not look like a success.",
    sources: ["errors-2025", "project"],
    async run(t) {
      const rejected = { ErrorCode: checks.path.error };
      await t.send("getContactGroup", { path: noSuchCommand, body: {} }, rejected);
      await t.send("getContactGroup", { path: "/", body: {} }, rejected);
    },
  }),
  scenario({
    id: "request-check-path-spelling",
    title: "A path that is nearly right is rejected",
    group: "request-checks",
    needs: { users: { bob: imported } },
    operations: ["getContactGroup"],
    calls: 4,
    reason: "A client that works with such a path only here fails in production.",
    sources: ["overview-2025", "project"],
    async run(t, { bob }) {
      const { path } = operations.getContactGroup;
      const nearly = [path.toUpperCase(), `${path}/`, path.replaceAll("/", "//").slice(1), path.replace(/\d/, "3")];
      for (const wrong of nearly)
        await t.send("getContactGroup", { path: wrong, body: page(bob) }, { ErrorCode: checks.path.error });
    },
  }),
  scenario({
    id: "request-check-identifier-case",
    title: "An identifier in another case is another user",
    group: "request-checks",
    needs: { credentials: true, users: { bob: imported } },
    operations: ["getContactGroup"],
    reason: "The overview says that values are case-sensitive.",
    sources: ["overview-2025"],
    async run(t, { bob }) {
      const parameter = t.credential("identifier");
      const own = typeof parameter === "string" ? parameter : parameter.value;
      const identifier = own === own.toUpperCase() ? own.toLowerCase() : own.toUpperCase();
      // Digits have no case.
      if (identifier === own) return;
      const rejected = { ErrorCode: checks.userSigIdentifier.error };
      await t.send("getContactGroup", { query: { identifier }, body: page(bob) }, rejected);
    },
  }),
  scenario({
    id: "request-check-method",
    title: "A method other than POST is rejected",
    group: "request-checks",
    operations: ["getContactGroup"],
    calls: 2,
    reason: "The overview allows POST only; a GET that succeeds could be served from a proxy's cache.",
    sources: ["overview-2025", "project"],
    async run(t) {
      const rejected = { ErrorCode: checks.method.error };
      await t.send("getContactGroup", { method: "GET" }, rejected);
      await t.send("getContactGroup", { method: "PUT", body: {} }, rejected);
    },
  }),
  scenario({
    id: "request-check-app",
    title: "An unknown app is rejected",
    group: "request-checks",
    needs: { credentials: true },
    operations: ["getContactGroup"],
    reason: "A wrong SDKAppID is a common mistake when an app moves to another environment.",
    sources: ["errors-2025"],
    async run(t) {
      await t.send("getContactGroup", { query: { sdkappid: t.unknownApp }, body: {} }, { ErrorCode: checks.app.error });
    },
  }),
  scenario({
    id: "request-check-order-url",
    title: "The URL is checked in the order path, method, query, app",
    group: "request-checks",
    needs: { credentials: true },
    operations: ["getContactGroup"],
    calls: 4,
    reason: "Only one of several violations is reported; tests of a client must know which.",
    sources: ["errors-2025", "project"],
    async run(t) {
      const incomplete = { sdkappid: null, contenttype: null };
      await t.send(
        "getContactGroup",
        { path: noSuchCommand, query: incomplete, body: {} },
        { ErrorCode: checks.path.error },
      );
      await t.send("getContactGroup", { method: "GET", query: incomplete }, { ErrorCode: checks.method.error });
      const rejected = { ErrorCode: checks.query.error };
      await t.send("getContactGroup", { query: { sdkappid: t.unknownApp, contenttype: null }, body: {} }, rejected);
      await t.send("getContactGroup", { query: { contenttype: null }, ...notJson }, rejected);
    },
  }),
  scenario({
    id: "request-check-usersig-readable",
    title: "A truncated UserSig is rejected",
    group: "request-checks",
    needs: { secretKey: true },
    operations: ["getContactGroup"],
    reason: "A UserSig that was stored in a short database field arrives truncated.",
    sources: ["errors-2025", "usersig-libraries"],
    async run(t) {
      const query = { usersig: t.userSig({ cutOff: true }) };
      await t.send("getContactGroup", { query, body: {} }, { ErrorCode: checks.userSigReadable.error });
    },
  }),
  scenario({
    id: "request-check-usersig-app",
    title: "A UserSig of another app is rejected",
    group: "request-checks",
    needs: { secretKey: true },
    operations: ["getContactGroup"],
    reason: "The owner of one app's key must not act in another app.",
    sources: ["errors-2025", "usersig-libraries"],
    async run(t) {
      const query = { usersig: t.userSig({ anotherApp: true }) };
      await t.send("getContactGroup", { query, body: {} }, { ErrorCode: checks.userSigApp.error });
    },
  }),
  scenario({
    id: "request-check-usersig-identifier",
    title: "A UserSig of another user is rejected",
    group: "request-checks",
    needs: { secretKey: true },
    operations: ["getContactGroup"],
    reason: "A user's UserSig must not give administrator access.",
    sources: ["errors-2025", "usersig-libraries"],
    async run(t) {
      const query = { usersig: t.userSig({ anotherUser: true }) };
      await t.send("getContactGroup", { query, body: {} }, { ErrorCode: checks.userSigIdentifier.error });
    },
  }),
  scenario({
    id: "request-check-usersig-expiry",
    title: "An expired UserSig is rejected",
    group: "request-checks",
    needs: { secretKey: true },
    operations: ["getContactGroup"],
    reason: "A client renews the UserSig only when it gets this code.",
    sources: ["errors-2025", "usersig-libraries"],
    async run(t) {
      const query = { usersig: t.userSig({ expired: true }) };
      await t.send("getContactGroup", { query, body: {} }, { ErrorCode: checks.userSigExpiry.error });
    },
  }),
  scenario({
    id: "request-check-usersig-signature",
    title: "A UserSig that was signed with another key is rejected",
    group: "request-checks",
    needs: { secretKey: true },
    operations: ["getContactGroup"],
    reason: "Anyone can write a UserSig; only the signature protects the app.",
    sources: ["errors-2025", "usersig-libraries"],
    async run(t) {
      const query = { usersig: t.userSig({ anotherKey: true }) };
      await t.send("getContactGroup", { query, body: {} }, { ErrorCode: checks.userSigSignature.error });
    },
  }),
  scenario({
    id: "request-check-administrator",
    title: "A user who is not an administrator is rejected, with a valid UserSig",
    group: "request-checks",
    needs: { secretKey: true, users: { bob: imported } },
    operations: ["getContactGroup"],
    reason: "A user of the app must not read other users' conversations.",
    sources: ["errors-2025"],
    async run(t, { bob }) {
      const query = { identifier: bob, usersig: t.userSig({ for: bob }) };
      await t.send("getContactGroup", { query, body: page(bob) }, { ErrorCode: checks.administrator.error });
    },
  }),
  scenario({
    id: "request-check-order-usersig",
    title:
      "The app is checked before the UserSig, and the UserSig in the order readable, app, user, expiry, signature, administrator",
    group: "request-checks",
    needs: { secretKey: true, users: { bob: imported } },
    operations: ["getContactGroup"],
    calls: 6,
    reason: "A client renews the UserSig only for one of these codes, so the order must be that of the libraries.",
    sources: ["usersig-libraries", "project"],
    async run(t, { bob }) {
      for (const [query, check] of [
        [{ sdkappid: t.unknownApp, usersig: t.userSig({ cutOff: true }) }, "app"],
        [{ usersig: t.userSig({ cutOff: true, anotherApp: true }) }, "userSigReadable"],
        [{ usersig: t.userSig({ anotherApp: true, anotherUser: true }) }, "userSigApp"],
        [{ usersig: t.userSig({ anotherUser: true, expired: true }) }, "userSigIdentifier"],
        [{ usersig: t.userSig({ expired: true, anotherKey: true }) }, "userSigExpiry"],
        [{ identifier: bob, usersig: t.userSig({ for: bob, anotherKey: true }) }, "userSigSignature"],
      ] as const)
        await t.send("getContactGroup", { query, body: {} }, { ErrorCode: checks[check].error });
    },
  }),
  scenario({
    id: "request-check-syntax",
    title: "A body that is not JSON is rejected",
    group: "request-checks",
    operations: ["getContactGroup", "searchContactGroup"],
    calls: 6,
    reason:
      "The overview says that the body must not be empty; a caller must be able to distinguish a malformed body from an invalid field.",
    sources: ["overview-2025", "errors-2025"],
    async run(t) {
      const rejected = { ErrorCode: checks.syntax.error };
      for (const text of ["", '{"From_Account":', "{'From_Account': 'user'}", '{"a":1,}', '{"a":1} {}'])
        await t.send("getContactGroup", { text }, rejected);
      await t.send("searchContactGroup", notJson, rejected);
    },
  }),
  scenario({
    id: "request-check-syntax-utf8",
    title: "A body that is not UTF-8 is rejected",
    group: "request-checks",
    operations: ["getContactGroup"],
    reason: "A name in another encoding would be stored with different characters.",
    sources: ["overview-2025", "project"],
    async run(t) {
      await t.send("getContactGroup", { bytes: notUtf8 }, { ErrorCode: checks.syntax.error });
    },
  }),
  scenario({
    id: "request-check-order-body",
    title: "The caller is checked before the body, and the body before the user in it",
    group: "request-checks",
    needs: { secretKey: true, users: { bob: imported, stranger: unknown } },
    operations: ["getContactGroup"],
    calls: 3,
    reason: "An unauthorised caller must learn nothing about bodies, and an invalid body nothing about users.",
    sources: ["errors-2025", "project"],
    async run(t, { bob, stranger }) {
      const notAdministrator = { identifier: bob, usersig: t.userSig({ for: bob }) };
      const expired = { usersig: t.userSig({ expired: true }) };
      await t.send(
        "getContactGroup",
        { query: notAdministrator, ...notJson },
        { ErrorCode: checks.administrator.error },
      );
      await t.send("getContactGroup", { query: expired, ...notJson }, { ErrorCode: checks.userSigExpiry.error });
      await t.send("getContactGroup", { body: { From_Account: stranger } }, { ErrorCode: checks.body.error });
    },
  }),
  scenario({
    id: "request-check-before-writing",
    title: "A call that is rejected before its operation writes nothing",
    group: "request-checks",
    needs: { secretKey: true, users: { owner: fresh, bob: imported } },
    operations: ["createContactGroup", "markContact", "getContactGroup"],
    calls: 11,
    reason: "A check that comes after the writing protects nothing.",
    sources: ["errors-2025", "project"],
    async run(t, { owner, bob }) {
      const body = newGroup(owner, "family", [to(bob)]);
      for (const [query, check] of [
        [{ contenttype: null }, "query"],
        [{ sdkappid: t.unknownApp }, "app"],
        [{ usersig: t.userSig({ cutOff: true }) }, "userSigReadable"],
        [{ usersig: t.userSig({ anotherApp: true }) }, "userSigApp"],
        [{ usersig: t.userSig({ anotherUser: true }) }, "userSigIdentifier"],
        [{ usersig: t.userSig({ expired: true }) }, "userSigExpiry"],
        [{ usersig: t.userSig({ anotherKey: true }) }, "userSigSignature"],
        [{ identifier: bob, usersig: t.userSig({ for: bob }) }, "administrator"],
      ] as const)
        await t.send("createContactGroup", { query, body }, { ErrorCode: checks[check].error });
      await t.send(
        "markContact",
        { method: "PUT", body: marks(owner, star(bob, 0)) },
        { ErrorCode: checks.method.error },
      );
      await t.send("createContactGroup", { method: "PUT", body }, { ErrorCode: checks.method.error });
      await t.call("getContactGroup", page(owner), { ContactItem: absentOr([]), GroupItem: absentOr([]) });
    },
  }),
  scenario({
    id: "request-checks-of-every-operation",
    title: "Every operation checks the signature of the UserSig, and whether its user is an administrator",
    group: "request-checks",
    needs: { secretKey: true, users: { bob: imported } },
    operations: everyOperation,
    calls: 2 * everyOperation.length,
    reason: "One operation that checks less than the others gives access to what all of them protect.",
    sources: ["errors-2025", "usersig-libraries"],
    async run(t, { bob }) {
      for (const operation of everyOperation)
        for (const [query, check] of [
          [{ usersig: t.userSig({ anotherKey: true }) }, "userSigSignature"],
          [{ identifier: bob, usersig: t.userSig({ for: bob }) }, "administrator"],
        ] as const)
          await t.send(operation, { query, body: {} }, { ErrorCode: checks[check].error });
    },
  }),
];
