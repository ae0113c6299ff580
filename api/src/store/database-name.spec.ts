import { describe, expect, it } from '@jest/globals';
import { databaseName } from './database-name.ts';

describe('databaseName', () => {
  it.each([
    ['is the one that the URI names', 'mongodb://user:secret@a:27017,b:27018/second?replicaSet=rs0', 'second'],
    ['is found without options', 'mongodb+srv://mongo.example.com/second', 'second'],
    ['may be written with escapes', 'mongodb://a/my%2Ddatabase', 'my-database'],
    ['is docksnap where the URI names none', 'mongodb://a:27017', 'docksnap'],
    ['is docksnap where the path is empty', 'mongodb://a:27017/?tls=true', 'docksnap'],
    ['is not taken out of the options', 'mongodb://a:27017?tlsCAFile=/etc/ca.crt', 'docksnap'],
  ])('%s', (_sentence, uri, name) => {
    expect(databaseName(uri)).toBe(name);
  });
});
