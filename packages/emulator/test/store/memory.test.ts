import { createMemoryStore } from "../../src/index.ts";
import { describeStore } from "../store-suite.ts";

describeStore("in memory", createMemoryStore);
