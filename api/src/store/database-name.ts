const defaultName = 'docksnap';

/**
 * The database that a URI names (`mongodb://hosts/name?options`), else `docksnap`: two releases may share a server.
 * Form: https://www.mongodb.com/docs/manual/reference/connection-string/
 */
export function databaseName(uri: string): string {
  const [, name = ''] = /^mongodb(?:\+srv)?:\/\/[^/?]*\/([^?]*)/.exec(uri) ?? [];
  return name === '' ? defaultName : decodeURIComponent(name);
}
