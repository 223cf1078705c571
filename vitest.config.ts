/** For editors, and for `vitest` started in the root: every package with its own configuration. The tasks run in the packages. */
export default { test: { projects: ["packages/*/vitest.config.ts", "apps/*/vitest.config.ts"] } };
