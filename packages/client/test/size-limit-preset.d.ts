// The package comes without types.
declare module "@size-limit/preset-small-lib" {
  const plugins: ((...args: unknown[]) => unknown)[];
  export default plugins;
}
