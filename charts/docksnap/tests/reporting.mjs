// helm test: waits up to two minutes until every DockSnapMonitor is Ready, and says of each what it is.
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

const token = readFileSync('/var/run/secrets/kubernetes.io/serviceaccount/token', 'utf8');
const namespaces = process.env.NAMESPACES.split(',');
const deadline = Date.now() + 120_000;

async function monitorsOf(namespace) {
  const url = `https://kubernetes.default.svc/apis/docksnap.io/v1/namespaces/${namespace}/docksnapmonitors`;
  const answer = await fetch(url, {
    headers: { authorization: `Bearer ${token}` },
    signal: AbortSignal.timeout(10_000),
  });
  if (!answer.ok) throw new Error(`listing monitors in ${namespace} answered ${answer.status}: ${await answer.text()}`);
  return (await answer.json()).items;
}

function ready({ status }) {
  return status?.conditions?.find(({ type }) => type === 'Ready');
}

async function look() {
  const monitors = (await Promise.all(namespaces.map(monitorsOf))).flat();
  if (monitors.length === 0)
    return { good: false, words: 'there is no DockSnapMonitor: apply one, see the notes of the release' };
  const words = monitors.map((one) => {
    const { reporting = 0, desired = 0 } = one.status?.nodes ?? {};
    const { reason = 'not seen by the operator yet', message = '' } = ready(one) ?? {};
    const silent = (one.status?.unhealthyNodes ?? []).map(
      (node) => `\n  ${node.name}: ${node.reason}: ${node.message}`,
    );
    return `${one.metadata.namespace}/${one.metadata.name}: ${reporting} of ${desired} nodes report (${reason}: ${message})${silent.join('')}`;
  });
  return { good: monitors.every((one) => ready(one)?.status === 'True'), words: words.join('\n') };
}

for (;;) {
  const { good, words } = await look().catch((error) => ({ good: false, words: error.message }));
  if (good || Date.now() > deadline) {
    console.log(words);
    process.exit(good ? 0 : 1);
  }
  await sleep(3000);
}
