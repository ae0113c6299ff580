import type { V1SecurityContext } from '@kubernetes/client-node';

/** What PodSecurity "restricted" asks of a container, with a root file system that cannot be written. */
export const containerSecurity: V1SecurityContext = {
  allowPrivilegeEscalation: false,
  readOnlyRootFilesystem: true,
  capabilities: { drop: ['ALL'] },
};
