import type { FaultRecord, Faults } from "../faults/fault.ts";
import type { Handlers } from "./handlers.ts";
import { ProblemError } from "./problem.ts";

export const listFaults: Handlers["listFaults"] = (_, { faults }) => ({ faults: faults.list() });

export const addFault: Handlers["addFault"] = ({ body }, { faults }) => find(faults, faults.add(body as Fault).id);

export const getFault: Handlers["getFault"] = ({ parameters: { id } }, { faults }) => find(faults, id);

export const removeFault: Handlers["removeFault"] = ({ parameters: { id } }, { faults }) => {
  if (!faults.remove(id)) throw missing(id);
};

export const clearFaults: Handlers["clearFaults"] = (_, { faults }) => faults.clear();

/** What `add` takes; it checks the names that the description leaves open. */
type Fault = Parameters<Faults["add"]>[0];

function find(faults: Faults, id: number): FaultRecord {
  const fault = faults.list().find((record) => record.id === id);
  if (!fault) throw missing(id);
  return fault;
}

function missing(id: number): ProblemError {
  return new ProblemError(404, `There is no fault ${id}.`);
}
