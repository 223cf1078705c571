import { type OperationId, operations, requestExamples } from "@contact-groups/openapi/model";
import type { EmulatorOptions } from "../../src/index.ts";
import { now } from "../call.ts";
import { secretKey, sign } from "../user-sig.ts";

/** A request in the parts that a mutation changes. */
export interface Wire {
  readonly method: string;
  readonly path: string;
  /** Without `?`. */
  readonly query: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

/** An app whose UserSigs are verified, and one whose are not. */
const [open, keyed] = [1400000000, 20000001];

/** Options of an emulator that accepts each of the good requests by itself, without a control API. */
export const options: EmulatorOptions = {
  apps: [{ sdkAppId: open }, { sdkAppId: keyed, secretKey }],
  settings: { accounts: "lenient", chatGroups: "lenient", rateLimit: "off" },
  seed: {
    apps: [open, keyed].map((sdkAppId) => ({
      sdkAppId,
      users: [
        {
          userId: "user_0001",
          groups: [{ name: "family" }, { name: "group_0001" }],
          conversations: [{ Type: 1, To_Account: "user_0002", groups: ["family"], customMark: "\u4e2d" }],
        },
        { userId: "user15", groups: [{ name: "test0" }] },
        { userId: "user20", groups: [{ name: "test1" }] },
      ],
    })),
  },
  now: () => now,
  public: true,
};

/** Every example of a request in the description, to either app. */
export const goodRequests: readonly Wire[] = await readGoodRequests();

async function readGoodRequests(): Promise<readonly Wire[]> {
  const credentials = [
    `sdkappid=${open}&usersig=any-text`,
    `sdkappid=${keyed}&usersig=${await sign({ sdkAppId: keyed })}`,
  ];
  return (Object.keys(operations) as OperationId[]).flatMap((id) =>
    Object.values(requestExamples[id]).flatMap((value) =>
      credentials.map((credential): Wire => ({
        method: operations[id].method,
        path: operations[id].path,
        query: `${credential}&identifier=administrator&random=4294967295&contenttype=json`,
        headers: { "Content-Type": "application/json" },
        body: new TextEncoder().encode(JSON.stringify(value)),
      })),
    ),
  );
}
