/** Set up before each test file: the rate limiters that an earlier file shares with all copies of the package are forgotten. */
Reflect.deleteProperty(globalThis, Symbol.for("@contact-groups/client/rate-limiters/1"));
