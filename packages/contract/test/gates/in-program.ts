/** The gates in a program: those of a contract, and `verify`. */
import { expect } from "vitest";
import { exitCodes } from "../../src/exit-codes.ts";
import {
  type Contract,
  type ContractViolationError,
  createContractFetch,
  startContractServer,
} from "../../src/index.ts";
import type { JudgeOptions } from "../../src/judge/judge.ts";
import { formatReport } from "../../src/report/format-report.ts";
import type { VerifyOptions } from "../../src/verify/verify-options.ts";
import { verify } from "../../src/verify/verify.ts";
import { runCommand } from "../cli/run-command.ts";
import { send } from "../send.ts";
import { strictEmulator, users, verifyOptions, withoutDeletion } from "../verify/strict-emulator.ts";
import { cutOff, type Ended, type Gate, good, headers, json, noProgram } from "./accidents.ts";

type Judge = (api: Contract, options?: JudgeOptions) => unknown;

/** A gate in a program: how an error of it ends. */
export function library(judge: Judge): Gate {
  const end = (api: Contract, options?: JudgeOptions): Ended => {
    try {
      judge(api, options);
      return { code: 0, text: "" };
    } catch (error) {
      const { outcome, message } = error as ContractViolationError;
      return { code: outcome === undefined ? exitCodes.failed : exitCodes[outcome], text: message };
    }
  };
  const goodFetch = async (api: Contract): Promise<unknown> => send(api.fetch, "getContactGroup", { headers });
  return {
    "nothing happened": async () => end(createContractFetch()),
    async "second run"() {
      const api = createContractFetch();
      await goodFetch(api);
      expect(end(api).code).toBe(0);
      api.reset();
      return end(api);
    },
    async "everything skipped"() {
      const api = createContractFetch();
      await api.fetch("/v4/recentcontact/get_contact_groups", json);
      return end(api, { ignore: ["schema"] });
    },
    async "server died in the middle"() {
      const api = await startContractServer();
      await good(api.url);
      await cutOff(api.url);
      await api.close();
      return end(api);
    },
    async "reset just before the end"() {
      const api = createContractFetch();
      await send(api.fetch, "getContactGroup", { headers, query: { random: undefined } });
      api.reset();
      expect(end(api).code).not.toBe(0);
      return end(api, { sinceStart: true });
    },
    "command ends early with 0": noProgram,
  };
}

const verifying = async (more: Partial<VerifyOptions>): Promise<Ended> => {
  const report = await verify({ ...verifyOptions(strictEmulator()), ...more });
  return { code: report.exitCode, text: formatReport(report, "text") };
};
const one = ["created-group-is-found"];
const unreachable = ["--base-url", "http://127.0.0.1:9", "--sdkappid", "1", "--identifier", "a", "--usersig", "x"];

/** The gate of a provider. */
export const providerGate: Gate = {
  "nothing happened": async () => {
    const { code, stdout, stderr } = await runCommand(["verify", ...unreachable]);
    return { code, text: stdout + stderr };
  },
  async "second run"() {
    const emulator = strictEmulator();
    const options = {
      ...verifyOptions(emulator, withoutDeletion(emulator)),
      users: users.slice(0, 1),
      only: ["empty-group-is-named"],
    };
    expect((await verify(options)).exitCode).toBe(0);
    return verifying(options);
  },
  "everything skipped": () => verifying({ only: one, readOnly: true }),
  async "server died in the middle"() {
    const emulator = strictEmulator();
    let created = 0;
    const dying: typeof globalThis.fetch = (input, init) => {
      if (String(input).includes("create_contact_group")) created += 1;
      return created > 2 ? Promise.reject(new TypeError("fetch failed")) : emulator.fetch(input as string, init);
    };
    return verifying({ ...verifyOptions(emulator, dying), only: ["stateful"] });
  },
  "reset just before the end": "a provider has no reset",
  "command ends early with 0": noProgram,
};
