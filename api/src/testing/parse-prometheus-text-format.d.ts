declare module 'parse-prometheus-text-format' {
  /** The families of a page, in the library's own shape. */
  export default function parse(text: string): unknown;
}
