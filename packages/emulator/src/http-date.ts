/** Creates what gives the time of a clock as the header `Date` has it. Responses of one second share its text. */
export function createHttpDate(now: () => number): () => string {
  let second = Number.NaN;
  let text = "";
  return () => {
    const current = Math.floor(now() / 1000);
    if (current !== second) {
      second = current;
      text = new Date(current * 1000).toUTCString();
    }
    return text;
  };
}
