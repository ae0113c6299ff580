/** Tests of kube-score that do not fit, and why. */
export const unscored: Readonly<Record<string, string>> = {
  'container-image-pull-policy':
    'images are named by version or digest, and one that is there need not be pulled again',
  'container-ephemeral-storage-request-and-limit': 'no container can write to its root file system',
  'deployment-has-host-podantiaffinity': 'replicas are spread over nodes and zones by topologySpreadConstraints',
  'deployment-replicas': 'one replica is rendered only where the values ask for one',
  'deployment-strategy': 'one API ends before the next starts, for whoever asks for one writer',
  'networkpolicy-targets-pod': "the agents' pods are made by the operator and are not in the chart",
  'pod-networkpolicy': 'policies are a value, and hooks need none',
  'statefulset-has-servicename': 'the trial database has one pod, which is reached by its Service',
};

/** Limits of CPU throttle what answers people; requests and limits of memory are looked at. */
export const withoutCpuLimits = '--ignore-container-cpu-limit';
