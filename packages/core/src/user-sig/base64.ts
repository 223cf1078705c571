/** Every runtime takes so many arguments for one call. */
const mostArguments = 8192;

/** Standard base64, with padding. */
export function toBase64(bytes: Uint8Array): string {
  let binary = "";
  for (let start = 0; start < bytes.length; start += mostArguments)
    binary += String.fromCharCode.apply(null, bytes.subarray(start, start + mostArguments) as unknown as number[]);
  return btoa(binary);
}

/** The bytes of standard base64; undefined unless the text is exactly what `toBase64` makes of them. */
export function fromBase64(text: string): Uint8Array<ArrayBuffer> | undefined {
  try {
    const bytes = Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
    // `atob` takes blanks, missing padding and spare bits that are not 0: other texts for the same bytes.
    return toBase64(bytes) === text ? bytes : undefined;
  } catch {
    return undefined;
  }
}
