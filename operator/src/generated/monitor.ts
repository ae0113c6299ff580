// Generated from crds/docksnapmonitors.yaml by `npm run generate`: change that.
/**
 * What is wanted. Every field has a default.
 */
export interface DockSnapMonitorSpec {
/**
 * Managed: the operator keeps the agents as described here. Paused: it leaves them as they are and goes on reporting.
 */
managementState: ("Managed" | "Paused")
/**
 * What becomes of stored samples when this monitor is deleted. Retain: they stay until they are too old. Purge: the operator has them removed first, of every node that the monitor selects; while it or the API is away the deletion waits, ten minutes at most once the operator is back.
 */
deletionPolicy: ("Retain" | "Purge")
/**
 * Where samples come from. More of them costs more privilege; names and limits always come from the kubelet.
 */
source: {
/**
 * Kubelet: the figures that every kubelet offers, at PodSecurity level restricted. CAdvisor: a cAdvisor container beside each agent takes a sample of every container each second; it sees the node's /sys/fs/cgroup read-only, without root or capabilities, which takes a namespace of level privileged.
 */
type: ("Kubelet" | "CAdvisor")
/**
 * Of the cAdvisor container, with type CAdvisor.
 */
cadvisor?: {
/**
 * Its image; unset, the one that came with the operator.
 */
image?: string
/**
 * Where it answers the agent, on the pod's loopback alone.
 */
port: number
/**
 * Requests and limits of its container.
 */
resources: {
/**
 * Set aside for each.
 */
requests?: {
[k: string]: number | string
}
/**
 * At most for each.
 */
limits?: {
[k: string]: number | string
}
}
}
}
/**
 * How the kubelet is read; names and limits of containers come from it whatever the source.
 */
kubelet: {
/**
 * Resource: CPU and working set, every scrape. CAdvisor: throttling, network, disk and more of memory, every cadvisorEvery scrapes.
 * 
 * @minItems 1
 * @maxItems 2
 */
endpoints: ("Resource" | "CAdvisor")[]
/**
 * Auto: by the cluster's authority, else the key seen first is pinned. Strict: by the authority alone. Skip: not at all, which lets anybody on the network pose as the kubelet.
 */
tlsVerification: ("Auto" | "Strict" | "Skip")
/**
 * A ConfigMap of the monitor's namespace with the authority (PEM) of the kubelets' certificates, in place of the cluster's.
 */
caRef?: {
/**
 * The ConfigMap's name.
 */
name: string
/**
 * The key in it.
 */
key: string
}
}
/**
 * Seconds between two scrapes. Kubelets refresh their figures every 10 to 15 s.
 */
scrapeIntervalSeconds: number
/**
 * Seconds after which a scrape is given up; unset, the interval or 10, whichever is less.
 */
scrapeTimeoutSeconds?: number
/**
 * Every how many scrapes the kubelet's big page, /metrics/cadvisor, is read as well.
 */
cadvisorEvery: number
/**
 * Which figures are kept. CPU: time used, user and system time, throttling. Memory: working set, swap, RSS, cache, peaks, out-of-memory events. Network: bytes, packets and errors of each pod. Filesystem: bytes used by the writable layer and logs. DiskIO: bytes and operations read and written. Process: processes, threads, open files. What is left out is not stored, so it cannot be shown later.
 * 
 * @minItems 1
 * @maxItems 6
 */
metricGroups: ("CPU" | "Memory" | "Network" | "Filesystem" | "DiskIO" | "Process")[]
/**
 * Whose containers are kept; all, unless told. Nodes are always kept.
 */
namespaces: {
/**
 * Only these namespaces.
 * 
 * @minItems 1
 * @maxItems 256
 */
include?: string[]
/**
 * All but these namespaces.
 * 
 * @minItems 1
 * @maxItems 256
 */
exclude?: string[]
}
/**
 * What an agent keeps on its node's disk while the API is away; the oldest is dropped first.
 */
buffer: {
/**
 * Bytes at most, as a quantity from 16Mi to 16Gi.
 */
limit: (number | string)
/**
 * Seconds after which what could not be sent is dropped.
 */
maxAgeSeconds: number
}
/**
 * An API elsewhere; unset, the one that was installed with the operator.
 */
destination?: {
/**
 * Its address: https://name[:port].
 */
url: string
/**
 * A ConfigMap of the monitor's namespace with the authority (PEM) of its certificate.
 */
caRef?: {
/**
 * The ConfigMap's name.
 */
name: string
/**
 * The key in it.
 */
key: string
}
}
/**
 * The agents' pods. Their security context is fixed.
 */
agent: {
/**
 * Another image than the one that belongs to the operator.
 */
image?: string
/**
 * Secrets of the monitor's namespace with which the image is pulled.
 * 
 * @maxItems 16
 */
imagePullSecrets?: {
/**
 * The Secret's name.
 */
name: string
}[]
/**
 * Requests and limits of the agent's container.
 */
resources: {
/**
 * Set aside for each agent.
 */
requests?: {
[k: string]: number | string
}
/**
 * At most for each agent.
 */
limits?: {
[k: string]: number | string
}
}
/**
 * Labels of the nodes that shall have an agent.
 */
nodeSelector: {
[k: string]: string
}
/**
 * Taints that do not keep agents off; unless told, none does.
 * 
 * @maxItems 64
 */
tolerations: {
/**
 * The taint's key; empty with Exists is every key.
 */
key?: string
/**
 * How value is compared.
 */
operator?: ("Exists" | "Equal")
/**
 * The taint's value, with Equal.
 */
value?: string
/**
 * The taint's effect; unset is every effect.
 */
effect?: ("NoSchedule" | "PreferNoSchedule" | "NoExecute")
/**
 * Seconds for which NoExecute is tolerated; unset is for ever.
 */
tolerationSeconds?: number
}[]
/**
 * Which nodes shall have an agent, as a pod's affinity.
 */
affinity?: {
[k: string]: unknown
}
/**
 * The agents' PriorityClass.
 */
priorityClassName?: string
/**
 * How changed agents replace those that run.
 */
updateStrategy: {
/**
 * RollingUpdate: some nodes at a time. OnDelete: when a pod is deleted.
 */
type: ("RollingUpdate" | "OnDelete")
/**
 * With RollingUpdate, how many nodes (or % of them) at a time; unset, 10%.
 */
maxUnavailable?: (number | string)
}
/**
 * More environment variables, such as HTTPS_PROXY. Names that start with DOCKSNAP_ are the operator's.
 * 
 * @maxItems 64
 */
env?: {
/**
 * The variable's name.
 */
name: string
/**
 * Its value.
 */
value: string
}[]
/**
 * More labels and annotations of the agents' pods.
 */
podMetadata?: {
/**
 * Labels; those of app.kubernetes.io/ are the operator's.
 */
labels?: {
[k: string]: string
}
/**
 * Annotations, such as those by which a service mesh leaves pods alone.
 */
annotations?: {
[k: string]: string
}
}
/**
 * How much the agents say.
 */
logLevel: ("debug" | "info" | "warn" | "error")
}
}

/**
 * What is, written by the operator.
 */
export interface DockSnapMonitorStatus {
/**
 * The generation of the spec that this status speaks of.
 */
observedGeneration?: number
/**
 * Counts of nodes.
 */
nodes?: {
/**
 * Nodes that shall have an agent.
 */
desired?: number
/**
 * Nodes whose agent is ready.
 */
ready?: number
/**
 * Nodes whose agent is as the spec describes.
 */
updated?: number
/**
 * Nodes whose data arrives.
 */
reporting?: number
}
/**
 * Nodes whose data does not arrive, the first 20 by name.
 * 
 * @maxItems 20
 */
unhealthyNodes?: {
/**
 * The node's name.
 */
name: string
/**
 * Why, as one word.
 */
reason: string
/**
 * What happened and what to do.
 */
message: string
}[]
/**
 * The lowest version among the agents that report.
 */
version?: string
/**
 * The agents' image.
 */
image?: string
/**
 * The agents' DaemonSet.
 */
daemonSetName?: string
/**
 * Accepted: the spec can be honoured. Reconciled: the agents' DaemonSet is as the spec describes. Available: an agent is ready on each ready node. DataFlowing: data of each ready node arrives. Ready: the first of these that fails, or that all is well. KubeletVerified, which Ready does not look at: each kubelet proved itself by a certificate of the cluster's authority.
 * 
 * @maxItems 16
 */
conditions?: {
/**
 * The condition's name.
 */
type: string
/**
 * Whether it holds; Unknown while nobody can say.
 */
status: ("True" | "False" | "Unknown")
/**
 * Why, as one word.
 */
reason: string
/**
 * What happened and what to do next.
 */
message: string
/**
 * When the status last changed.
 */
lastTransitionTime: string
/**
 * The generation of the spec that this speaks of.
 */
observedGeneration?: number
}[]
}
