// Before an uninstall: stops the operator, then deletes the agents, then lets go of monitors that wait for the operator
// (deletionPolicy Purge): nobody would do it any more. What is gone already counts as done.
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

const token = readFileSync('/var/run/secrets/kubernetes.io/serviceaccount/token', 'utf8');
const release = process.env.RELEASE_NAMESPACE;
const operatorPods = [
  'app.kubernetes.io/name=docksnap',
  `app.kubernetes.io/instance=${process.env.RELEASE_NAME}`,
  'app.kubernetes.io/component=operator',
].join();
const agents = 'app.kubernetes.io/name=docksnap,app.kubernetes.io/managed-by=docksnap-operator';
const deadline = Date.now() + 150_000;

async function ask(method, path, body) {
  const answer = await fetch(`https://kubernetes.default.svc${path}`, {
    method,
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/merge-patch+json' },
    body: body === undefined ? undefined : JSON.stringify(body),
    signal: AbortSignal.timeout(10_000),
  });
  if (!answer.ok && answer.status !== 404)
    throw new Error(`${method} ${path} answered ${answer.status}: ${await answer.text()}`);
  return answer.json();
}

async function until(what, isDone) {
  while (!(await isDone())) {
    if (Date.now() > deadline) throw new Error(`${what} did not go in time: look why, then uninstall again`);
    await sleep(1000);
  }
}

const list = async (path, selector) =>
  (await ask('GET', `${path}?labelSelector=${encodeURIComponent(selector)}`)).items ?? [];
const apps = (namespace) => `/apis/apps/v1/namespaces/${namespace}`;

await ask('PATCH', `${apps(release)}/deployments/docksnap-operator/scale`, { spec: { replicas: 0 } });
await until(
  "the operator's pods",
  async () => (await list(`/api/v1/namespaces/${release}/pods`, operatorPods)).length === 0,
);
console.log('the operator has stopped');

for (const namespace of process.env.NAMESPACES.split(',')) {
  const path = `${apps(namespace)}/daemonsets`;
  for (const { metadata } of await list(path, agents)) {
    await ask('DELETE', `${path}/${metadata.name}?propagationPolicy=Foreground`);
    console.log(`deleted the agents of ${namespace}/${metadata.name}`);
  }
  await until(`the agents in ${namespace}`, async () => (await list(path, agents)).length === 0);
}

const purge = 'docksnap.io/purge';
for (const namespace of process.env.NAMESPACES.split(',')) {
  const path = `/apis/docksnap.io/v1/namespaces/${namespace}/docksnapmonitors`;
  for (const { metadata } of (await ask('GET', path)).items ?? []) {
    const { name, resourceVersion, finalizers = [] } = metadata;
    if (!finalizers.includes(purge)) continue;
    const rest = finalizers.filter((one) => one !== purge);
    await ask('PATCH', `${path}/${name}`, { metadata: { resourceVersion, finalizers: rest } });
    console.log(`monitor ${namespace}/${name} no longer waits for its samples to be removed`);
  }
}
