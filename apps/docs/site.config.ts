import type { SiteOptions } from "./src/site-options.ts";

/**
 * The options of this site. A host edits this file, or names its own in the environment variable `DOCS_CONFIG`, by a path that is absolute or relative to the
 * root of the repository. Every option is described at
 * `SiteOptions`; none is required.
 */
const options: SiteOptions = {};

export default options;
