/**
 * Who published what and when, what a version changed, and the way back to it.
 *
 * Knows versions. Refuses to roll back over what it has not seen: the version at hand goes along.
 */

import { changes } from "../comparison";
import { button, h, replace, type Child } from "../elements";
import { ApiError } from "../owner_api";
import { choice, type Context, type Page } from "../page";
import { capital, changeLines } from "../places";
import { asked } from "../asking";
import type { DocumentKind, Version } from "../shapes";
import { nothing, notice, words } from "../trouble";
import { authorName } from "../words_of_states";

const KINDS: Record<DocumentKind, string> = { policy: "Темы", knowledge: "FAQ и легенда", settings: "Часы и тексты" };

export const history: Page = {
  title: "История изменений",
  async build(context) {
    const kind = (context.parameter && context.parameter in KINDS ? context.parameter : "policy") as DocumentKind;
    const kinds = choice(
      "Документ",
      Object.entries(KINDS).map(([name, text]) => ({ text, href: `#/history/${name}`, chosen: name === kind })),
    );
    const versions = await context.api.history(context.assistant.id, kind);
    const list = versions.map((version, index) => row(version, versions[index + 1], kind, versions[0], context));
    return [
      kinds,
      list.length
        ? h("ol", { class: "versions" }, list)
        : nothing("Здесь ещё ничего не публиковали: действует то, что поставлено с помощником."),
    ];
  },
};

function row(
  version: Version,
  older: Version | undefined,
  kind: DocumentKind,
  current: Version | undefined,
  context: Context,
): HTMLElement {
  const told = h("div", { role: "status" });
  const isCurrent = version === current;
  return h(
    "li",
    { class: "card" },
    h(
      "div",
      { class: "between" },
      h("h2", {}, context.clock.moment(version.published_at)),
      isCurrent ? h("span", { class: "mark good" }, "действует") : null,
    ),
    h("p", { class: "about" }, capital(authorName(version.author))),
    version.summary ? h("p", { dir: "auto" }, version.summary) : null,
    h(
      "div",
      { class: "row" },
      older
        ? button("Что изменилось", () => compare(version, older, kind, context, told), {
            "aria-label": `Что изменилось ${context.clock.moment(version.published_at)}`,
          })
        : null,
      isCurrent || !current
        ? null
        : button("Вернуть эту версию", () => rollBack(version, kind, current, context, told), {
            "aria-label": `Вернуть эту версию: ${context.clock.moment(version.published_at)}`,
          }),
    ),
    told,
  );
}

async function compare(
  version: Version,
  older: Version,
  kind: DocumentKind,
  { api, assistant }: Context,
  told: HTMLElement,
): Promise<void> {
  try {
    const [after, before] = await Promise.all(
      [version, older].map((each) => api.documentVersion<unknown>(assistant.id, kind, each.version)),
    );
    const lines = changeLines(kind, changes(before?.value, after?.value), before?.value, after?.value);
    replace(
      told,
      lines.length
        ? h(
            "ul",
            {},
            lines.map((line) => h("li", { dir: "auto" }, line)),
          )
        : nothing("По содержанию версии одинаковы."),
    );
  } catch (error) {
    replace(told, notice(words(error), "wrong"));
  }
}

async function rollBack(
  version: Version,
  kind: DocumentKind,
  current: Version,
  context: Context,
  told: HTMLElement,
): Promise<void> {
  const about: Child = h(
    "p",
    {},
    `«${KINDS[kind]}» станут такими, какими были ${context.clock.moment(version.published_at)}. Нынешняя версия останется в истории.`,
  );
  if (!(await asked("Вернуть эту версию?", about, "Вернуть"))) return;
  try {
    await context.api.rollback(context.assistant.id, kind, {
      version: version.version,
      expected_version: current.version,
    });
    context.again();
  } catch (error) {
    const late = error instanceof ApiError && error.status === 409;
    replace(
      told,
      notice(
        late ? "Пока вы смотрели, вышла другая версия. Ничего не возвращено: обновите историю." : words(error),
        "wrong",
      ),
      late ? button("Обновить историю", context.again) : null,
    );
  }
}
