{{/* The release's name, which bears all objects: no release is called odoosky-gitops-odoosky-gitops. */}}
{{- define "odoosky.name" -}}
{{- .Release.Name | trunc 52 | trimSuffix "-" -}}
{{- end -}}

{{/* Roles lie where other installs may have theirs: the name says whose they are. RBAC's names may be long. */}}
{{- define "odoosky.roleName" -}}
{{- printf "%s-%s" .Release.Namespace (include "odoosky.name" .) -}}
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


