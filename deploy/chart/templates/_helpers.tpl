{{/* The release's name, which bears all objects: no release is called odoosky-gitops-odoosky-gitops. */}}
{{- define "odoosky.name" -}}
{{- .Release.Name | trunc 52 | trimSuffix "-" -}}
{{- end -}}

{{- define "odoosky.selector" -}}
app.kubernetes.io/name: odoosky-gitops
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end -}}

{{- define "odoosky.labels" -}}
{{ include "odoosky.selector" . }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ .Chart.Name }}-{{ .Chart.Version }}
{{- end -}}

{{- define "odoosky.account" -}}
{{- .Values.serviceAccount.name | default (include "odoosky.name" .) -}}
{{- end -}}


