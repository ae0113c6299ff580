const labelPattern = /\s*([a-zA-Z_][a-zA-Z0-9_]*)\s*=\s*"((?:[^"\\]|\\.)*)"\s*(?:,|$)/gy;
const escapes: Readonly<Record<string, string>> = { '\\n': '\n', '\\"': '"', '\\\\': '\\' };

/**
 * The labels in the text between a row's braces, or undefined when they are malformed or one is named twice.
 * Runs once per distinct label set and not per row.
 */
export function parseLabels(text: string): ReadonlyMap<string, string> | undefined {
  const labels = new Map<string, string>();
  labelPattern.lastIndex = 0;
  let consumed = 0;
  while (consumed < text.length) {
    const match = labelPattern.exec(text);
    const [whole, name, value] = match ?? [];
    if (whole === undefined || name === undefined || value === undefined || labels.has(name)) return undefined;
    labels.set(
      name,
      value.replace(/\\["n\\]/g, (escape) => escapes[escape] ?? escape),
    );
    consumed += whole.length;
  }
  return labels;
}
