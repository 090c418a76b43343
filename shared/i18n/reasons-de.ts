/** German sentences of findings, keyed by finding id; each says the same as the English sentence of its finding. */
export const reasonsDe: Readonly<Record<string, string>> = {};
