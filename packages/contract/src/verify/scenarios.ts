/** The handwritten scenarios. */
import type { Scenario, ScenarioGroup } from "./scenario.ts";
import { concurrency } from "./scenarios/concurrency.ts";
import { conversations } from "./scenarios/conversations.ts";
import { customMarks } from "./scenarios/custom-marks.ts";
import { deletions } from "./scenarios/deletion.ts";
import { envelopes } from "./scenarios/envelope.ts";
import { groups } from "./scenarios/groups.ts";
import { limits } from "./scenarios/limits.ts";
import { marks } from "./scenarios/marks.ts";
import { names } from "./scenarios/names.ts";
import { pages } from "./scenarios/pages.ts";
import { requestChecks } from "./scenarios/request-checks.ts";
import { searches } from "./scenarios/search.ts";
import { textScenarios } from "./scenarios/texts.ts";

const order: readonly ScenarioGroup[] = ["valid", "request-checks", "invalid", "stateful", "limits"];

/** The scenarios in the order in which they run: the basic ones first. */
export const handwrittenScenarios: readonly Scenario[] = [
  ...envelopes,
  ...pages,
  ...searches,
  ...groups,
  ...names,
  ...textScenarios,
  ...concurrency,
  ...conversations,
  ...deletions,
  ...marks,
  ...customMarks,
  ...limits,
  ...requestChecks,
].toSorted((one, other) => order.indexOf(one.group) - order.indexOf(other.group) || (one.id < other.id ? -1 : 1));
