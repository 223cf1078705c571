/** Mistakes in the credentials. The contract server has the key of the app. */
import { app, type Consumer } from "./consumer.ts";
import { mistakes, type Mistake } from "./mistake.ts";

const page = { From_Account: "user_0001", StartIndex: 0 };

const signed =
  (options: Parameters<Consumer["sign"]>[0], query: Readonly<Record<string, string>> = {}): Mistake["program"] =>
  async ({ send, sign }) =>
    send("get", page, { query: { usersig: await sign(options), ...query } });

const sent =
  (usersig: string): Mistake["program"] =>
  ({ send }) =>
    send("get", page, { query: { usersig } });

export const credentialMistakes: readonly Mistake[] = [
  ...mistakes("with a key", "credentials", {
    "leaves the placeholder TODO": sent("TODO"),
    "leaves the placeholder YOUR_USERSIG": sent("YOUR_USERSIG"),
    "sends usersig undefined": sent("undefined"),
    "sends usersig null": sent("null"),
    "sends the secret key as usersig": sent(app.secretKey),
    "cuts the UserSig off": async ({ send, sign }) =>
      send("get", page, { query: { usersig: (await sign()).slice(0, 100) } }),
    "writes the UserSig in lower case": async ({ send, sign }) =>
      send("get", page, { query: { usersig: (await sign()).toLowerCase() } }),
    "keeps a UserSig after it expired": async ({ send, sign, wait }) => {
      const usersig = await sign({ validitySeconds: 60 });
      wait(61_000);
      await send("get", page, { query: { usersig } });
    },
    "signs with the time in milliseconds as seconds": async ({ send, sign, wait }) => {
      const usersig = await sign({ validitySeconds: 1 });
      wait(5_000);
      await send("get", page, { query: { usersig } });
    },
    "signs with the time in milliseconds": async ({ send, sign }) =>
      send("get", page, { query: { usersig: await sign({ issuedAt: 1_800_000_000_000_000 }) } }),
    "signs with the key of another app": signed({ secretKey: "7".repeat(64) }),
    "signs for another app": signed({ sdkAppId: 1400000001 }),
    "signs for the user whose groups it reads": signed({ identifier: "user_0001" }),
    "calls as a user who is no administrator": signed({ identifier: "user_0001" }, { identifier: "user_0001" }),
    "writes the administrator in another case": signed(
      { identifier: "Administrator" },
      { identifier: "Administrator" },
    ),
    "calls another app": signed({ sdkAppId: 1400000001 }, { sdkappid: "1400000001" }),
    "swaps the app and the administrator's app": signed({}, { sdkappid: "1400000009" }),
  }),
  ...mistakes("with a key", "secret", {
    "sends the key in a header": async ({ send, sign }) =>
      send("get", page, { query: { usersig: await sign() }, headers: { "X-Secret-Key": app.secretKey } }),
  }),
];
