import type { StarlightExpressiveCodeOptions } from "@astrojs/starlight/expressive-code";

/** How every block of code looks: a label with the name of its language, a button that copies it, and lines that wrap, so that none needs to be scrolled. */
export const codeBlocks: StarlightExpressiveCodeOptions = {
  // The text stays as it is written, and is copied as it is shown.
  tabWidth: 0,
  styleOverrides: {
    borderRadius: "var(--site-radius)",
    borderColor: "var(--sl-color-gray-5)",
    frames: { shadowColor: "transparent" },
  },
  frames: { extractFileNameFromCode: false, removeCommentsWhenCopyingTerminalFrames: false },
  defaultProps: {
    wrap: true,
    overridesByLang: {
      bash: { title: "Shell" },
      sh: { title: "Shell" },
      go: { title: "Go" },
      java: { title: "Java" },
      js: { title: "JavaScript" },
      json: { title: "JSON" },
      php: { title: "PHP" },
      python: { title: "Python" },
      ts: { title: "TypeScript" },
    },
  },
};
