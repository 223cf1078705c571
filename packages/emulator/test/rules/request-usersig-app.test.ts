import { errorCodes } from "@contact-groups/openapi/model";
import { expect, test } from "vitest";
import { sign, signed } from "../user-sig.ts";

test.each(["strict", "lenient"] as const)(
  "rejects the UserSig of another app when the setting is %s, and names both apps as the service does",
  async (userSig) => {
    const response = await signed({ userSig }, await sign({ sdkAppId: 1400000001 }));
    expect(response).toEqual({
      ActionStatus: "FAIL",
      ErrorCode: errorCodes.UserSigSdkAppIdMismatch,
      ErrorInfo:
        "The requested SDKAppID(1400000000) does not match the Usersig(1400000001). You can run a self-checking with the assistant tool on the console. [request.usersig-app] The UserSig was created for another app.",
    });
  },
);
