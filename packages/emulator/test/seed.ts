/** Set up before each test file: property tests draw the same values in every run, so that a failure can be reproduced. */
import * as fc from "fast-check";

fc.configureGlobal({ seed: 1 });
