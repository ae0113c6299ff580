/** Nothing that is sent to us is nested deeper than ten times. */
export const mostDepth = 32;

const quote = 0x22;
const backslash = 0x5c;
/** `[` and `{`, `]` and `}` differ from each other in this bit alone. */
const curly = 0x20;
const open = 0x7b;
const close = 0x7d;

/** Whether JSON, in UTF-8, is nested deeper than is allowed: found without building it, for that costs most of all. */
export function isTooDeep(json: Uint8Array): boolean {
  let depth = 0;
  let isText = false;
  for (let at = 0; at < json.length; at += 1) {
    const code = json[at] ?? 0;
    if (code === quote) isText = !isText;
    else if (isText) at += Number(code === backslash);
    else if ((code | curly) === open) depth += 1;
    else if ((code | curly) === close) depth -= 1;
    if (depth > mostDepth) return true;
  }
  return false;
}
