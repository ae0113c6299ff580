import { accessSync, constants, existsSync } from 'node:fs';

const usual = '/var/run/docker.sock';

/** The Docker engine's socket, or why there is none for us. */
export type DockerSocket = { readonly path: string } | { readonly path: undefined; readonly lacks: string };

/** The socket that the environment names, else the usual one, when this user may ask it. */
export function dockerSocket(env: Readonly<Record<string, string | undefined>>): DockerSocket {
  const path = env['DOCKSNAP_DOCKER_SOCKET'] ?? usual;
  if (!existsSync(path)) {
    return {
      path: undefined,
      lacks: `no Docker engine at ${path}: containers have no names, images and limits of Docker`,
    };
  }
  try {
    accessSync(path, constants.R_OK | constants.W_OK);
    return { path };
  } catch {
    return { path: undefined, lacks: `this user may not ask Docker at ${path}: join the group docker, or be root` };
  }
}
