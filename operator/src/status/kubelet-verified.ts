import type { NodeReport } from '../reporting/reporting.ts';
import type { Finding } from './conditions.ts';
import { andMore } from './findings.ts';

type Reports = ReadonlyMap<string, NodeReport>;

const refusedReasons = ['KubeletCertificateChanged', 'KubeletCertificateUntrusted'];

/** Whether each kubelet proved itself by the cluster's authority. @param reports by the node's name */
export function kubeletVerifiedFinding(reports: Reports): Finding {
  return refused(reports) ?? pinned(reports) ?? skipped(reports) ?? verified(reports);
}

function refused(reports: Reports): Finding | undefined {
  const problems = [...reports].flatMap(([name, { problems: all }]) => {
    const problem = all.find(({ reason }) => refusedReasons.includes(reason));
    return problem === undefined ? [] : [{ name, ...problem }];
  });
  const [first] = problems;
  if (first === undefined) return undefined;
  const message = `${first.name}: ${first.message}${andMore(problems.length, 'nodes')}`;
  return { status: 'False', reason: first.reason, message };
}

function pinned(reports: Reports): Finding | undefined {
  const names = namesWith(reports, 'Pinned');
  const [first] = names;
  if (first === undefined) return undefined;
  const message = `${first}${andMore(names.length, 'nodes')}: the kubelet's certificate is not of the cluster's authority, so its key was pinned when first seen, and any other will be refused; to have it verified, set serverTLSBootstrap in the kubelet's configuration and approve its requests, or name its authority in kubelet.caRef`;
  return { status: 'False', reason: 'KubeletCertificatePinned', message };
}

function skipped(reports: Reports): Finding | undefined {
  const names = namesWith(reports, 'Skipped');
  const [first] = names;
  if (first === undefined) return undefined;
  const message = `${first}${andMore(names.length, 'nodes')}: the kubelet's certificate is not looked at, so anybody on the network may pose as the kubelet; set kubelet.tlsVerification to Auto or Strict`;
  return { status: 'False', reason: 'KubeletVerificationSkipped', message };
}

function verified(reports: Reports): Finding {
  const count = namesWith(reports, 'ClusterCA').length;
  return count === 0
    ? {
        status: 'Unknown',
        reason: 'NotReportedYet',
        message: 'no agent has reported how its kubelet proved itself yet',
      }
    : { status: 'True', reason: 'ClusterCA', message: "each kubelet's certificate is of the cluster's authority" };
}

function namesWith(reports: Reports, trust: string): string[] {
  return [...reports]
    .filter(([, { kubeletTrust }]) => kubeletTrust === trust)
    .map(([name]) => name)
    .sort();
}
