import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    // Adds the matcher toHaveReceivedValidRequests.
    setupFiles: ["@contact-groups/contract/vitest"],
  },
});
