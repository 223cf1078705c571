import { acceptedMutations } from "./accepted.ts";
import { changeMutations } from "./changes.ts";
import { consistencyMutations } from "./consistency.ts";
import { envelopeMutations } from "./envelope.ts";
import { foundMutations } from "./found.ts";
import { keptMutations } from "./kept.ts";
import { lateReadMutations } from "./late-reads.ts";
import { limitMutations } from "./limits.ts";
import type { Mutation } from "./mutation.ts";
import { requestCheckMutations } from "./request-checks.ts";
import { stateMutations } from "./state.ts";
import { textMutations } from "./texts.ts";
import { transportMutations } from "./transport.ts";

/** All ways in which the tests break the emulator. */
export const mutations: readonly Mutation[] = [
  ...envelopeMutations,
  ...requestCheckMutations,
  ...stateMutations,
  ...changeMutations,
  ...limitMutations,
  ...transportMutations,
  ...textMutations,
  ...consistencyMutations,
  ...foundMutations,
  ...acceptedMutations,
  ...lateReadMutations,
  ...keptMutations,
];
