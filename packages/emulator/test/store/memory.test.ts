import { createMemoryState } from "../../src/store/memory.ts";
import { describeStore } from "../store-suite.ts";

describeStore("in memory", createMemoryState);
