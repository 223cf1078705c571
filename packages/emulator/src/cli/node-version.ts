/** Explains that a version of Node.js is older than a range such as `>=22.13.0` allows; empty when it is not. It runs in any Node.js. */
export function explainOldNode(version: string, range: string): string {
  const least = range.replace(">=", "");
  const [found, needed] = [numbers(version), numbers(least)];
  for (let index = 0; index < needed.length; index++) {
    const difference = Number(found[index]) - Number(needed[index]);
    if (difference > 0) return "";
    if (difference < 0)
      return (
        "contact-groups-emulator needs Node.js " +
        least +
        " or later, but this is Node.js " +
        version +
        ". Install a newer version."
      );
  }
  return "";
}

function numbers(version: string): number[] {
  return version.replace(/-.*$/, "").split(".").map(Number);
}
