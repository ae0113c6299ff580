/** What an image holds and how it starts. */
export interface Image {
  /** Its name below `localhost/docksnap/`. */
  readonly name: string;
  /** Files and folders of this machine by their path in the image. */
  readonly files: Readonly<Record<string, string>>;
  /** Files whose path in the image matches are left out. */
  readonly omit?: RegExp;
  /** Symbolic links by their path in the image. */
  readonly links?: Readonly<Record<string, string>>;
  /** The reference of the image it adds to; none: it starts empty. */
  readonly base?: string;
  readonly entrypoint: readonly string[];
  /** Numeric user and group; root unless told. */
  readonly user?: number;
  /** A tag of its own; unless told it is made of the content, so that a change rolls the pods. */
  readonly tag?: string;
  /** The kind of machine that it runs on, as image indexes name it; this machine's unless told. */
  readonly architecture?: string;
  readonly labels?: Readonly<Record<string, string>>;
  /** When it and all of its files were made, in seconds since 1970: with it, two builds are equal byte for byte. */
  readonly madeAtSeconds?: number;
}

/** An image that can be imported. */
export interface BuiltImage {
  /** Such as `localhost/docksnap/agent:0123456789ab`. */
  readonly reference: string;
  /** A docker-archive of it on this machine. */
  readonly archive: string;
}

/** The user of every image that needs no root. */
export const UNPRIVILEGED = 65532;

/** The full name of an image. */
export function repository(name: string): string {
  return `localhost/docksnap/${name}`;
}
