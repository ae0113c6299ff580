{{/* Labels of every object. Arguments: root, component. */}}
{{- define "docksnap.labels" -}}
{{ include "docksnap.selector" . }}
app.kubernetes.io/part-of: docksnap
app.kubernetes.io/version: {{ .root.Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .root.Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .root.Chart.Name .root.Chart.Version }}
{{- with .root.Values.commonLabels }}
{{ toYaml . }}
{{- end }}
{{- end }}

{{/*
Metadata of an object. Arguments: root, component, name and namespace unless it belongs to none, labels and annotations if
it needs some of its own.
*/}}
{{- define "docksnap.metadata" -}}
name: {{ .name | default (include "docksnap.clusterName" .) }}
{{- with .namespace }}
namespace: {{ . }}
{{- end }}
labels:
  {{- include "docksnap.labels" . | nindent 2 }}
  {{- with .labels }}{{ toYaml . | nindent 2 }}{{ end }}
{{- with mergeOverwrite (dict) .root.Values.commonAnnotations (.annotations | default dict) }}
annotations: {{- toYaml . | nindent 2 }}
{{- end }}
{{- end }}

{{/* The name of a component's objects that belong to no namespace: each release of a cluster has its own. */}}
{{- define "docksnap.clusterName" -}}
docksnap:{{ .root.Release.Namespace }}:{{ .component }}
{{- end }}


{{- define "docksnap.selector" -}}
app.kubernetes.io/name: docksnap
app.kubernetes.io/instance: {{ .root.Release.Name }}
app.kubernetes.io/component: {{ .component }}
{{- end }}

{{/* An image by its registry, if one is given, its repository, and its digest or else its tag. Arguments: root, image. */}}
{{- define "docksnap.image" -}}
{{- with .root.Values.registry }}{{ . }}/{{ end }}{{ .image.repository }}
{{- if .image.digest }}@{{ .image.digest }}{{ else }}:{{ .image.tag | default .root.Chart.AppVersion }}{{ end }}
{{- end }}

{{/* What PodSecurity "restricted" asks of a pod and of a container. */}}
{{- define "docksnap.podSecurityContext" -}}
runAsNonRoot: true
runAsUser: 65532
runAsGroup: 65532
fsGroup: 65532
seccompProfile: { type: RuntimeDefault }
{{- end }}

{{- define "docksnap.securityContext" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
capabilities: { drop: [ALL] }
{{- end }}

{{/* Where and how a pod runs, as its values say. Argument: a part's values with imagePullSecrets. */}}
{{- define "docksnap.scheduling" -}}
{{- with .nodeSelector }}
nodeSelector: {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .tolerations }}
tolerations: {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .affinity }}
affinity: {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .priorityClassName }}
priorityClassName: {{ . }}
{{- end }}
{{- end }}

{{/* Replicas apart from each other, by node and by zone, where that can be. Arguments: root, component. */}}
{{- define "docksnap.spread" -}}
topologySpreadConstraints:
{{- range list "kubernetes.io/hostname" "topology.kubernetes.io/zone" }}
  - maxSkew: 1
    topologyKey: {{ . }}
    whenUnsatisfiable: ScheduleAnyway
    labelSelector:
      matchLabels: {{- include "docksnap.selector" $ | nindent 8 }}
{{- end }}
{{- end }}

{{/* A pod's labels and annotations. Arguments: root, component, values (of the part). */}}
{{- define "docksnap.podMetadata" -}}
labels:
  {{- include "docksnap.labels" . | nindent 2 }}
  {{- with .values.podLabels }}{{ toYaml . | nindent 2 }}{{ end }}
{{- with mergeOverwrite (dict) .root.Values.commonAnnotations .values.podAnnotations }}
annotations: {{- toYaml . | nindent 2 }}
{{- end }}
{{- end }}

{{/* Who may scrape figures; nothing, where nobody is named: a rule without peers would let all in. Arguments: port, from. */}}
{{- define "docksnap.metricsRule" -}}
{{- with .from -}}
- ports: [{ port: {{ $.port }} }]
  from: {{- toYaml . | nindent 4 }}
{{- end }}
{{- end }}

{{/* The origins under which browsers reach the console, comma-separated. */}}
{{- define "docksnap.publicOrigins" -}}
{{- $origins := .Values.api.publicOrigins }}
{{- range list .Values.console.ingress .Values.console.httpRoute }}
{{- if .enabled }}{{ $origins = append $origins (printf "https://%s" .host) }}{{ end }}
{{- end }}
{{- $origins | uniq | join "," }}
{{- end }}

{{/* The watched namespaces, as JSON for fromJsonArray. */}}
{{- define "docksnap.namespaces" -}}
{{ .Values.watchNamespaces | default (list .Release.Namespace) | uniq | sortAlpha | toJson }}
{{- end }}

{{/* Where the authority of the API's certificate is told: to the agents, and to the operator beside the API. */}}
{{- define "docksnap.authorityNamespaces" -}}
{{ append (include "docksnap.namespaces" . | fromJsonArray) .Release.Namespace | uniq | sortAlpha | toJson }}
{{- end }}

{{- define "docksnap.apiUrl" -}}
https://docksnap-api.{{ .Release.Namespace }}.svc
{{- end }}

{{/* What a mounted ServiceAccount token would be, for pods that need the kube-apiserver and mount nothing unasked. */}}
{{- define "docksnap.kubeApiToken" -}}
sources:
  - serviceAccountToken: { path: token, expirationSeconds: 3607 }
  - configMap: { name: kube-root-ca.crt, items: [{ key: ca.crt, path: ca.crt }] }
  - downwardAPI: { items: [{ path: namespace, fieldRef: { fieldPath: metadata.namespace } }] }
{{- end }}
