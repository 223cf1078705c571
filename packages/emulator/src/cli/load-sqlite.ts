/**
 * Loads the store for SQLite without the warning of Node.js 22 that its bindings are experimental: the user of the command did not choose
 * them. Other warnings are printed.
 */
export async function loadSqlite(): Promise<typeof import("../store/sqlite.ts")> {
  const { emitWarning } = process;
  const filter = (warning: string | Error, ...rest: unknown[]): void => {
    if (!String(warning).includes("SQLite is an experimental feature"))
      Reflect.apply(emitWarning, process, [warning, ...rest]);
  };
  process.emitWarning = filter;
  try {
    return await import("../store/sqlite.ts");
  } finally {
    process.emitWarning = emitWarning;
  }
}
