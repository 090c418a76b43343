/**
 * The part of MicrosoftAjax.js 3.5 that office.js of 2022 needs before it starts. The original comes from a content network
 * that a simulated tenant does not ask; this stands in for it.
 */
interface AjaxType {
  registerNamespace(name: string): void;
  registerClass(name: string): void;
}
const page = window as unknown as Record<string, unknown>;

const type = Function as unknown as AjaxType & Record<string, unknown>;
type.registerNamespace = (name) => {
  let place = page;
  for (const part of name.split('.')) {
    place[part] ??= {};
    place = place[part] as Record<string, unknown>;
  }
};
type.registerClass = () => undefined;
(Function.prototype as unknown as AjaxType).registerClass = () => undefined;
page.Type = type;

/** null: the arguments are fine. The library checks its own callers with these; the stub believes it. */
type._validateParams = () => null;
type._validateParameter = () => null;
type.createDelegate =
  (self: unknown, method: (...values: unknown[]) => unknown) =>
  (...values: unknown[]) =>
    method.apply(self, values);

class StringBuilder {
  private readonly parts: string[] = [];
  append(text: unknown): this {
    this.parts.push(String(text));
    return this;
  }
  toString(): string {
    return this.parts.join('');
  }
}

page.Sys = {
  StringBuilder,
  Debug: { trace: () => undefined },
  Serialization: {
    JavaScriptSerializer: {
      serialize: (value: unknown) => JSON.stringify(value),
      deserialize: (text: string) => JSON.parse(text) as unknown,
    },
  },
};

(String as unknown as Record<string, unknown>).format = (text: string, ...values: unknown[]) =>
  text.replace(/\{(\d+)\}/g, (_, index: string) => String(values[Number(index)] ?? ''));

const errors = Error as unknown as Record<string, (...values: unknown[]) => Error>;
for (const name of [
  'argument',
  'argumentNull',
  'argumentOutOfRange',
  'argumentType',
  'argumentUndefined',
  'invalidOperation',
  'notImplemented',
  'parameterCount',
]) {
  errors[name] = (...values) => Object.assign(new Error(values.filter(Boolean).join(': ')), { name: `Sys.${name}` });
}
errors.create = (message, extra) => Object.assign(new Error(String(message)), extra);

export {};
