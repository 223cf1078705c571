/** The checks before an operation, in their order. */
export const gateRules = {
  "gate.path": { what: "The path is that of an operation", evidence: "errors-2025, project", check: "path" },
  "gate.method": { what: "The method is POST", evidence: "overview-2025, project", check: "method" },
  "gate.query": {
    what: "Each credential and parameter is there once and well formed",
    evidence: "errors-2025, project",
    check: "query",
  },
  "gate.app": { what: "The app is one of the emulator's", evidence: "errors-2025, project", check: "app" },
  "gate.usersig-readable": {
    what: "The UserSig can be read",
    evidence: "usersig-libraries",
    setting: "userSig",
    check: "userSigReadable",
  },
  "gate.usersig-app": {
    what: "The UserSig was made for the app in `sdkappid`",
    evidence: "usersig-libraries",
    setting: "userSig",
    check: "userSigApp",
  },
  "gate.usersig-identifier": {
    what: "The UserSig was made for the UserID in `identifier`",
    evidence: "usersig-libraries",
    setting: "userSig",
    check: "userSigIdentifier",
  },
  "gate.usersig-expiry": {
    what: "The UserSig is valid, also in the second in which it ends, and before it begins",
    evidence: "usersig-libraries",
    setting: "userSig",
    check: "userSigExpiry",
  },
  "gate.usersig-signature": {
    what: "The UserSig was signed with the app's key, without a userbuf",
    evidence: "usersig-libraries",
    setting: "userSig",
    check: "userSigSignature",
  },
  "gate.administrator": {
    what: "`identifier` is an administrator of the app",
    evidence: "errors-2025, project",
    check: "administrator",
  },
  "gate.rate": {
    what: "Calls of an app to an operation stay within its limit, counted in spans that begin at whole multiples of their length",
    evidence: "search-en-2026, project",
    setting: "rateLimit",
    check: "rate",
  },
  "gate.size": { what: "The body is not larger than the emulator reads", evidence: "project", check: "size" },
  "gate.syntax": { what: "The body is JSON in UTF-8", evidence: "overview-2025", check: "syntax" },
  "gate.body": {
    what: "The body matches the operation's request schema",
    evidence: "search-en-2026, create-zh-2023",
    check: "body",
  },
  "gate.string-type": {
    what: "`Type` is a number, not text",
    evidence: "search-en-2026, web-sdk-3.6.6",
    setting: "stringType",
    check: "body",
  },
  "gate.both-ids": {
    what: "A conversation has no other ID than that of its `Type`",
    evidence: "project",
    setting: "bothIds",
    check: "body",
  },
} as const;
