import { RELEASE } from '../../cluster/start/chart.ts';
import type { Stage, Undo } from './stage.ts';

/** A cause that is made on purpose, and what the monitor must say of it. */
export interface Provocation {
  /** Where it is said: a condition that is False then, or the node that is named. */
  readonly where: 'Reconciled' | 'Available' | 'DataFlowing' | 'KubeletVerified' | 'node1';
  readonly reason: string;
  /** What an admin who reads the message learns to do. */
  readonly nextStep: RegExp;
  readonly provoke: (stage: Stage) => Promise<Undo>;
}

const agent = (settings: object) => (stage: Stage) => stage.spec({ agent: settings });
const nodeOptions = (value: string) => agent({ env: [{ name: 'NODE_OPTIONS', value }] });
/** A clock that is two minutes ahead, for one process. */
const aheadOfTime = '--import=data:text/javascript,const{now}=Date;Date.now=()=>now()+120000';

export const provocations: readonly Provocation[] = [
  {
    where: 'Available',
    reason: 'ImagePullFailed',
    nextStep: /agent\.image/,
    provoke: agent({ image: 'localhost/docksnap/agent:none' }),
  },
  {
    where: 'Available',
    reason: 'Unschedulable',
    nextStep: /make room there, lower agent\.resources\.requests/,
    provoke: agent({ resources: { requests: { cpu: '1000' } } }),
  },
  {
    where: 'Available',
    reason: 'CrashLooping',
    nextStep: /kubectl logs .* --previous/,
    provoke: nodeOptions('--none'),
  },
  {
    where: 'Available',
    reason: 'MissingReference',
    nextStep: /"no-such-authority" not found; make it/,
    provoke: (stage) => stage.spec({ kubelet: { caRef: { name: 'no-such-authority' } } }),
  },
  {
    where: 'Available',
    reason: 'PodSecurityRejected',
    nextStep: /enforce=privileged, or set source\.type to Kubelet/,
    provoke: (stage) => stage.spec({ source: { type: 'CAdvisor' } }),
  },
  { where: 'node1', reason: 'ClockSkewed', nextStep: /12\d s ahead.*timedatectl/, provoke: nodeOptions(aheadOfTime) },
  {
    where: 'KubeletVerified',
    reason: 'KubeletCertificatePinned',
    nextStep: /serverTLSBootstrap/,
    provoke: otherAuthority('Auto'),
  },
  {
    where: 'KubeletVerified',
    reason: 'KubeletCertificateUntrusted',
    nextStep: /caRef|tlsVerification/,
    provoke: otherAuthority('Strict'),
  },
  {
    where: 'node1',
    reason: 'KubeletForbidden',
    nextStep: /grant the agent's ServiceAccount get on/,
    provoke: async (stage) => {
      const bind = await stage.without('clusterrolebinding', `docksnap:${RELEASE}:agent`);
      await stage.newAgents();
      return async () => {
        await bind();
        await stage.newAgents();
      };
    },
  },
  {
    where: 'Reconciled',
    reason: 'Forbidden',
    nextStep: /give the operator's ServiceAccount that right/,
    provoke: async (stage) => {
      const bind = await stage.without('rolebinding', 'docksnap-operator');
      const undo = await stage.spec({ agent: { logLevel: 'debug' } });
      return async () => {
        await bind();
        await undo();
      };
    },
  },
  {
    where: 'node1',
    reason: 'NoRecentData',
    nextStep: /kubectl logs -n docksnap docksnap-agent-/,
    provoke: async (stage) => {
      const { ip } = await stage.agentOn('node1');
      const rule = ['FORWARD', '-s', ip, '-p', 'tcp', '--dport', '8443', '-j', 'DROP'];
      await stage.inNode('node1', 'iptables', '-I', ...rule);
      return () => stage.inNode('node1', 'iptables', '-D', ...rule);
    },
  },
  {
    where: 'DataFlowing',
    reason: 'CredentialsRejected',
    nextStep: /both are of the same release/,
    provoke: async (stage) => {
      const path = '/spec/template/spec/volumes/1/projected/sources/0/serviceAccountToken/audience';
      const audience = (value: string) =>
        stage.patch('deployment', 'docksnap-operator', 'json', [{ op: 'replace', path, value }]);
      await audience('somebody-else');
      return () => audience('docksnap-operator');
    },
  },
  {
    where: 'DataFlowing',
    reason: 'DestinationUnreachable',
    nextStep: /see that its pod runs/,
    provoke: async (stage) => {
      const replicas = (count: string) => stage.kubectl('scale', 'deployment', 'docksnap-api', `--replicas=${count}`);
      const before = await stage.kubectl('get', 'deployment', 'docksnap-api', '-o', 'jsonpath={.spec.replicas}');
      await replicas('0');
      return () => replicas(before);
    },
  },
];

/** An authority that has signed nobody's certificate. */
function otherAuthority(tlsVerification: 'Auto' | 'Strict') {
  return async (stage: Stage): Promise<Undo> => {
    const name = 'another-authority';
    const own = await stage.kubectl('get', 'configmap', 'docksnap-ca', '--output', 'jsonpath={.data.ca\\.crt}');
    await stage.kubectl('create', 'configmap', name, `--from-literal=ca.crt=${own}`);
    const undo = await stage.spec({ kubelet: { tlsVerification, caRef: { name } } });
    return async () => {
      await undo();
      await stage.kubectl('delete', 'configmap', name);
    };
  };
}
