/**
 * States and reasons as the API names them, in the owner's words.
 *
 * Knows the platform's codes. An unknown code is shown as it is: better a code than nothing.
 */

const SEEDED = "seed";
const STATES: Record<string, string> = {
  answered: "Ответ дан",
  refused: "Отказ",
  failed: "Сбой",
  queued: "Ждёт ответа",
  answering: "Отвечает",
};

const REASONS: Record<string, string> = {
  off_topic: "не по теме",
  no_fact: "нет ответа",
  clarify: "уточняющий вопрос",
  not_in_stock: "нет в наличии",
  no_brochure: "нет брошюры",
  no_current_stock: "нет свежих данных о наличии",
  model_unavailable: "модель недоступна",
  waited_enough: "модель не успела",
  guarded: "текст модели не прошёл проверку",
  stopped: "остановлено посетителем",
  unsure: "ответ неуверенный",
  unreadable: "не прочесть",
  model_resting: "помощник отдыхает",
  model_warming: "помощник просыпается",
  error: "ошибка",
};

const BREAKER: Record<string, string> = {
  closed: "Работает",
  open: "Модель выключена: отвечает справками и данными о наличии",
  half_open: "Модель проверяется после перезапуска",
};

export function stateName(state: string): string {
  return STATES[state] ?? state;
}

export function reasonName(reason: string): string {
  if (reason.startsWith("forbidden:") && reason !== "forbidden:unreadable") return "запретная тема";
  return REASONS[reason.replace("forbidden:", "")] ?? reason;
}

/** Who a version is from; what came with the assistant is nobody's. */
export function authorName(author: string | null): string {
  return author === null || author === SEEDED ? "поставлено с помощником" : `автор — ${author}`;
}

export function breakerName(state: string): string {
  return BREAKER[state] ?? state;
}
