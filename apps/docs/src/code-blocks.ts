import { definePlugin, type StarlightExpressiveCodeOptions } from "@astrojs/starlight/expressive-code";

/**
 * Writes a line with few elements: a text in the colour of all code has none of its own. There are thousands on a page, and each is read, styled and laid out
 * before the first text is painted.
 */
const fewElements = definePlugin({
  name: "few-elements",
  hooks: {
    postprocessRenderedLine({ renderData, styleVariants }) {
      const plain = styleVariants.map(({ theme }, index) => `--${index}:${theme.fg.toUpperCase()}`).join(";");
      const code = renderData.lineAst.children.find((child) => child.type === "element");
      if (!code) return;
      code.children = code.children.flatMap((child) =>
        child.type === "element" && child.properties["style"] === plain ? child.children : [child],
      );
    },
  },
});

/** How every block of code looks: a label with the name of its language, a button that copies it, and lines that wrap, so that none needs to be scrolled. */
export const codeBlocks: StarlightExpressiveCodeOptions = {
  plugins: [fewElements],
  // A style of the site reaches no element of a block, and a reset of all properties of each of them takes longer than all else.
  useStyleReset: false,
  // Of a text, its quotation marks have the same colour.
  themes: ["github-dark-default", "github-light-default"],
  useStarlightUiThemeColors: true,
  // The site always sets the theme, and marks no line. The styles for more than that are left out.
  useDarkModeMediaQuery: false,
  textMarkers: false,
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
