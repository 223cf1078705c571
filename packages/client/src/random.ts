/**
 * Makes a source of random unsigned 32-bit integers. Asking for one number at a time costs more than the number.
 *
 * @param fill Fills an array with random numbers.
 */
export function createRandom(fill: (numbers: Uint32Array<ArrayBuffer>) => void): () => number {
  const numbers = new Uint32Array(64);
  let used = numbers.length;
  return () => {
    if (used === numbers.length) {
      fill(numbers);
      used = 0;
    }
    return numbers[used++] ?? 0;
  };
}

/** The randomness of the machine. */
export const systemRandom: () => number = createRandom((numbers) => void crypto.getRandomValues(numbers));
