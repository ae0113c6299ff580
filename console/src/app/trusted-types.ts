interface PolicyFactory {
  createPolicy(name: string, rules: { createHTML(html: string): string }): unknown;
}

function isPolicyFactory(value: unknown): value is PolicyFactory {
  return typeof value === 'object' && value !== null && 'createPolicy' in value;
}

/**
 * The page's policy refuses every text that becomes HTML (Trusted Types). ECharts empties its element by writing an
 * empty string: that alone is let through. Where a browser knows no Trusted Types, nothing happens.
 */
export function letThroughEmptyHtml(): void {
  const factory: unknown = Reflect.get(globalThis, 'trustedTypes');
  if (!isPolicyFactory(factory)) return;
  factory.createPolicy('default', {
    createHTML: (html) => {
      if (html !== '') throw new TypeError('Text must not become HTML.');
      return html;
    },
  });
}
