import { stripTypeScriptTypes } from 'node:module';

/** Jest transform for erasable TypeScript: what Node itself does, in `mode: strip` so that lines and columns stay. */
export default {
  process: (source) => ({ code: stripTypeScriptTypes(source) }),
};
