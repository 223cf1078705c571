/** Random-looking unsigned 32-bit integers, the same in each run. */
export function seededRandom(seed: number = 1): () => number {
  let state = seed;
  return () => {
    // The constants of Numerical Recipes.
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state;
  };
}
