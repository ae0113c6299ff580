import { jsonPushSchema } from '@docksnap/contract';

/** Describes the JSON form to OpenAPI and lets every body through: readPush judges both forms, and names the place. */
export const documentedPush = {
  '~standard': { ...jsonPushSchema['~standard'], validate: (value: unknown) => ({ value }) },
};
