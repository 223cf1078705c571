import { globSync, readFileSync } from "node:fs";
import { join, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { humanTexts } from "@contact-groups/toolchain/bundle/human-texts";
import { describe, expect, test } from "vitest";
import { type Lang, languages } from "../src/locales.ts";
import { bundleOf } from "../src/reference/bundle.ts";
import { consoleWords, redocWords, siteWords } from "../src/words/words.ts";
import { dist, pages as builtPages } from "./site.ts";
import { shownTexts } from "./written-page.ts";

/** Where a text is: in a guide, in the words of the site and its console, in the description, or joined from these on a page. */
type Where = "guides" | "words" | "description" | "pages";

/** A form that no text may have, with an example of it and what to write instead. */
interface Term {
  readonly wrong: RegExp;
  readonly such: string;
  readonly write: string;
  /** Where the form is wrong; everywhere by default. */
  readonly only?: readonly Where[];
}

/** What a text may have in spite of a term, and why. */
interface Exception {
  readonly text: string;
  readonly reason: string;
}

/** Characters of Chinese and Japanese, and those with the full-width punctuation. */
const letter = String.raw`[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}ー々]`;
const wide = String.raw`[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}ー々，。、；：！？（）「」『』《》“”…]`;

/** Wrong where words, names and punctuation meet, also those that a page joins. */
const joints: readonly Term[] = [
  { wrong: new RegExp(`(?<=${letter}) ?[,.:;!?()](?!\\S*[/=])`, "u"), such: "会话: 单聊", write: "会话：单聊" },
  { wrong: new RegExp(`[,;!?()](?=${letter})`, "u"), such: "C2C,单聊", write: "C2C，单聊" },
  { wrong: /[，、：；] (?! )/u, such: "成功： 0", write: "成功：0" },
];

/** Wrong in Chinese and Japanese alike. */
const both: readonly Term[] = [
  ...joints,
  { wrong: new RegExp(`(?<=${letter})["']|["'](?=${letter})`, "u"), such: "称为'会话'", write: "称为“会话”" },
  { wrong: new RegExp(`${letter} (?=${letter})`, "u"), such: "会话 分组", write: "会话分组" },
  {
    wrong: new RegExp(
      `(?<!\\*)\\*(?![*\\s])[^*\\n]*${letter}[^*\\n]*\\*(?!\\*)|(?<!\\w)_(?=\\S)[^_\\n]*${letter}[^_\\n]*_`,
      "u",
    ),
    such: "参数*必填*",
    write: "参数**必填**",
  },
];

/** A line break in a paragraph, which a browser shows as a space. */
const lineBreak: Term = {
  wrong: new RegExp(`${wide}\\n(?! *([-*|#>\\n]|\\d+\\.|\\w+:|<|$))`, "u"),
  such: "会话\n分组",
  write: "会话分组",
  only: ["guides"],
};

const terms: Readonly<Record<Exclude<Lang, "en">, { terms: readonly Term[]; exceptions: readonly Exception[] }>> = {
  "zh-CN": {
    terms: [
      lineBreak,
      // Persons and things, one word for each, as Tencent's documents have it.
      { wrong: /你/u, such: "你的请求", write: "您的请求" },
      { wrong: /账号|账户|帐户/u, such: "导入账号", write: "导入帐号" },
      { wrong: /\bApp\b(?! (管理员|后台))/u, such: "该 App 的密钥", write: "该应用的密钥" },
      { wrong: /应用(的)?管理员/u, such: "应用管理员", write: "App 管理员" },
      {
        wrong: /(?<!即时通信 IM )控制台/u,
        such: "在控制台发送请求",
        write: "在调试台发送请求",
        only: ["guides", "words"],
      },
      { wrong: /契约服务器|合约/u, such: "契约服务器", write: "契约测试服务器" },
      { wrong: /仿真|沙箱/u, such: "本机仿真器", write: "本机模拟器" },
      { wrong: /响应/u, such: "HTTP 响应", write: "HTTP 应答" },
      { wrong: /请求体|应答体|(请求|应答)正文/u, such: "请求体", write: "请求包体" },
      { wrong: /操作(?!结果|系统)|端点/u, such: "该操作的文档", write: "该接口的文档" },
      { wrong: /私聊|一对一|群会话/u, such: "私聊会话", write: "单聊会话" },
      { wrong: /标签(?!页)|标准会话标记/u, such: "会话标签", write: "会话标记" },
      { wrong: /可选(?!择)|必需|必须提供/u, such: "可选字段", write: "选填字段" },
      { wrong: /(?<!套餐)版本(?=必须|要求|不包含|不支持会话)/u, such: "应用的版本必须", write: "应用的套餐版本必须" },
      { wrong: /状态码/u, such: "HTTP 状态码", write: "HTTP 返回码" },
      { wrong: /(?<!正式|腾讯云)服务(?=会?返回|会?拒绝)/u, such: "否则服务返回 51013", write: "否则服务端返回 51013" },
      { wrong: /频控|限流/u, such: "触发限流", write: "超过调用频率限制" },
      // What only a translation would say.
      { wrong: /没有(任何)?文档|任何文档/u, such: "没有文档说明", write: "文档未说明" },
      {
        wrong: /([的了在是和与为])\1|(\p{Script=Han}{3,})，?\2/u,
        such: "调整的调整的会话数",
        write: "调整的会话数",
      },
      // Latin words and numbers stand between spaces, but not next to full-width punctuation.
      { wrong: /\p{Script=Han}[A-Za-z0-9`]|[A-Za-z0-9`%]\p{Script=Han}/u, such: "共20个分组", write: "共 20 个分组" },
      {
        wrong: /[，。、；：！？（）《》“”] (?! )|(?<! ) [，。、；：！？（）《》“”]/u,
        such: "成功： 0",
        write: "成功：0",
      },
      { wrong: /\p{Script=Han}\.{3}|。。|…(?<!……)(?!…)/u, such: "正在发送…", write: "正在发送……" },
    ],
    exceptions: [
      { text: "创建会话分组数据 (create_contact_group)", reason: "The title of a document, by which it is found." },
      { text: "HTTP 响应包 JSON 解析错误", reason: "The message of 60013, as Tencent's error list has it." },
    ],
  },
  ja: {
    terms: [
      lineBreak,
      // One word for each thing. A long vowel at the end of a word is written.
      {
        wrong:
          /(?:エミュレータ|パラメータ|サーバ|ユーザ|ブラウザ|フォルダ|ヘッダ|メンバ|プレースホルダ|イテレータ|ポインタ|ワーカ|センタ)(?!ー)/u,
        such: "エミュレータのパラメータ",
        write: "エミュレーターのパラメーター",
      },
      { wrong: /応答/u, such: "応答のボディ", write: "レスポンスのボディ" },
      { wrong: /要求(?![しすさ])/u, such: "要求のボディ", write: "リクエストのボディ" },
      { wrong: /文書/u, such: "公開文書", write: "公開ドキュメント" },
      { wrong: /エンドポイント/u, such: "3 つのエンドポイント", write: "3 つのオペレーション" },
      { wrong: /契約|コントラクトテストサーバー/u, such: "契約サーバー", write: "コントラクトサーバー" },
      { wrong: /ボディー/u, such: "ボディーなし", write: "ボディなし" },
      { wrong: /OpenAPI (?:の)?記述|記述ファイル|この記述/u, such: "OpenAPI 記述", write: "OpenAPI 定義" },
      // The key signs by HMAC: it has no public half.
      { wrong: /秘密鍵|秘密キー/u, such: "アプリの秘密鍵", write: "アプリのシークレットキー" },
      { wrong: /リトライ|再実行|やり直/u, such: "リトライの可否", write: "再試行の可否" },
      { wrong: /部分的/u, such: "部分的な失敗", write: "一部失敗" },
      { wrong: /既定/u, such: "既定値", write: "デフォルト値" },
      // The site has a console of its own.
      {
        wrong: /(?<!Chat )コンソール/u,
        such: "コンソールで設定します",
        write: "Chat コンソールで設定します",
        only: ["description"],
      },
      // Words that are written in kana.
      {
        wrong: /出来[るまな]|下さい|全て|既に|予め|及び|又は|但し|毎に|(?<!その)他の|[ヶヵ]月/u,
        such: "他の全てのユーザー",
        write: "ほかのすべてのユーザー",
      },
      // Sentences are polite; cells of tables and labels have no full stop.
      {
        wrong: /(?:(?<!まし|でし)た|だ|(?<!くださ)い|る|(?<!しょ)う|く|(?<![でま])す|む)。/u,
        such: "クライアントが再試行する。",
        write: "クライアントが再試行します。",
      },
      // What only a translation would say.
      { wrong: /ことができ|において|における|のときのみ/u, such: "送信することができます", write: "送信できます" },
      { wrong: /(\d+) ?～ ?\1(?!\d)/u, such: "1～1 件", write: "1 件のみ" },
      { wrong: /をを|がが|にに|(?<!も)のの/u, such: "会話のの名前", write: "会話の名前" },
      // Latin words and numbers stand between spaces, but not next to full-width punctuation.
      {
        wrong: new RegExp(`${letter}[A-Za-z0-9\`]|[A-Za-z0-9\`%]${letter}`, "u"),
        such: "最大20個",
        write: "最大 20 個",
      },
      {
        wrong: /[、。；：！？（）「」『』～・] (?! |\|)|(?<! ) [、。；：！？（）「」『』～]/u,
        such: "成功： 0",
        write: "成功：0",
      },
      { wrong: /[，．〜Ａ-Ｚａ-ｚ０-９ｦ-ﾟ]|\.{3}|……/u, such: "ＵＴＦ－８，会話", write: "UTF-8、会話" },
    ],
    exceptions: [
      { text: "创建会话分组数据 (create_contact_group)", reason: "The title of a document, by which it is found." },
    ],
  },
};

interface Text {
  readonly where: Where;
  readonly at: string;
  readonly text: string;
}

const docs = fileURLToPath(new URL("../src/content/docs/", import.meta.url));

const english = humanTexts(bundleOf("en"));

/** Every text that people read in a language. */
function textsOf(lang: Lang): Text[] {
  const path = languages.find((one) => one.lang === lang)!.path!;
  const guides = globSync("**/*.mdx", { cwd: join(docs, path) }).map((file): Text => {
    const at = `${path}/${file.replaceAll(sep, "/")}`;
    return { where: "guides", at, text: prose(readFileSync(join(docs, at), "utf8")) };
  });
  const ofStarlight = JSON.parse(readFileSync(join(docs, `../i18n/${lang}.json`), "utf8")) as Record<string, string>;
  const words = Object.entries({ ...siteWords[lang], ...consoleWords[lang], ...redocWords[lang], ...ofStarlight }).map(
    ([at, text]): Text => ({
      where: "words",
      at,
      text,
    }),
  );
  const description = [...humanTexts(bundleOf(lang))]
    .filter(([at, text]) => text !== english.get(at))
    .map(([at, text]): Text => ({ where: "description", at, text: withoutLinks(text) }));
  return [...guides, ...words, ...description];
}

/** What the pages of a language and their Markdown show, without the texts of the description that are the same in every language. */
function shownIn(lang: Lang): Text[] {
  const path = languages.find((one) => one.lang === lang)!.path!;
  const same = [...humanTexts(bundleOf(lang))].filter(([at, text]) => text === english.get(at)).map(([, text]) => text);
  const pages = builtPages
    .filter((page) => page.startsWith(`${path}/`))
    .flatMap((at) => shownTexts(at).map((text) => ({ at, text })));
  // Guides are read above, and a list of links has the colon of llms.txt.
  const markdown = globSync(`${path}/{reference,errors}/*/index.html.md`, { cwd: dist }).map((at) => ({
    at,
    text: prose(readFileSync(join(dist, at), "utf8")),
  }));
  return [...pages, ...markdown].map(({ at, text }) => ({
    where: "pages",
    at,
    text: same.reduce((rest, untranslated) => rest.replaceAll(untranslated, "x"), text),
  }));
}

/** Returns what a reader sees of a page, in its lines: numbers for limits, and the texts in the attributes of components. */
function prose(page: string): string {
  const shown = page
    .replaceAll(/^```.*?^```$|^(import|\w+:) [^\n]*from[^\n]*$/gms, (code) => code.replaceAll(/[^\n]/g, ""))
    .replaceAll(/<Limit [^>]*>/g, "1")
    .replaceAll(/\w+="([^"]*)"/g, "  $1  ");
  return withoutLinks(shown);
}

/** Returns a text without the targets of its links and without the code in its code spans. */
function withoutLinks(text: string): string {
  return text
    .replaceAll(/\]\([^)\s]*\)/g, "")
    .replaceAll(/(?<!!)\[/g, "")
    .replaceAll(/`[^`\n]+`/g, "`x`");
}

/** The wrong forms of the texts of a language, with what to write. */
function wrongForms(
  texts: readonly Text[],
  lang: keyof typeof terms,
  all: readonly Term[] = [...both, ...terms[lang].terms],
): string[] {
  return texts.flatMap(({ where, at, text }) =>
    all
      .filter(({ only }) => only?.includes(where) ?? true)
      .flatMap(({ wrong, such, write }) => {
        const allowed = terms[lang].exceptions.reduce(
          (rest, { text: exception }) => rest.replaceAll(exception, ""),
          text,
        );
        return [...allowed.matchAll(new RegExp(wrong, "gu"))].map(({ index }) => {
          const near = allowed.slice(Math.max(0, index - 12), index + 12).replaceAll("\n", "⏎");
          return `${at}: …${near}… is like "${such}": write as in "${write}"`;
        });
      }),
  );
}

describe.each(Object.keys(terms) as (keyof typeof terms)[])("in %s", (lang) => {
  const texts = textsOf(lang);

  test("guides, words and description have one form for each term", () => {
    expect(new Set(texts.map(({ where }) => where)).size).toBe(3);
    expect(wrongForms(texts, lang)).toEqual([]);
  });

  test("pages join words, numbers and names as a text of the language does", () => {
    const shown = shownIn(lang);
    expect(shown.length).toBeGreaterThan(builtPages.length);
    expect(wrongForms(shown, lang, joints)).toEqual([]);
  });

  test.each([...both, ...terms[lang].terms])("$such is found, and $write is not", ({ wrong, such, write }) => {
    expect(such).toMatch(wrong);
    expect(write).not.toMatch(wrong);
  });

  test("every exception is in a text", () => {
    const unused = terms[lang].exceptions.filter(({ text }) => !texts.some((one) => one.text.includes(text)));
    expect(unused).toEqual([]);
  });
});
