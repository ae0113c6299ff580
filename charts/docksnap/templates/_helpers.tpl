{{/* Labels of every object. Arguments: root, component. */}}
{{- define "docksnap.labels" -}}
{{ include "docksnap.selector" . }}
app.kubernetes.io/part-of: docksnap
app.kubernetes.io/version: {{ .root.Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .root.Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .root.Chart.Name .root.Chart.Version }}
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
