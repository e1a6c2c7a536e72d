{{/* Begins the names of all objects. */}}
{{- define "instance.fullname" -}}
{{- .Values.instance.fullname | default .Values.instance.code -}}
{{- end -}}

{{/* What tells this instance's pods from all others. Selectors can't be changed later: nothing may be added here. */}}
{{- define "instance.selector" -}}
app.kubernetes.io/instance: {{ .root.Values.instance.code | quote }}
odoosky.io/role: {{ .role }}
{{- end -}}

{{/* Labels of every object. They also stand on pod templates: a version here would roll the fleet with each release. */}}
{{- define "instance.labels" -}}
app.kubernetes.io/instance: {{ .Values.instance.code | quote }}
app.kubernetes.io/part-of: odoo
app.kubernetes.io/managed-by: {{ .Release.Service }}
{{- end -}}

{{/* The Odoo image, from the mirror when there is one. */}}
{{- define "instance.odooImage" -}}
{{- with .Values.imageMirror.registry }}{{ . }}/{{ end -}}
{{- .Values.image.repository }}:{{ .Values.image.tag -}}
{{- end -}}

{{/* Resources of a role. Call with (dict "Values" .Values "role" "odoo"). */}}
{{- define "instance.resources" -}}
{{- get (.Values.resources | default dict) .role | default dict | toYaml -}}
{{- end -}}

{{- define "instance.databaseSecret" -}}
{{- .Values.postgresql.existingSecret | default (printf "%s-pg" (include "instance.fullname" .)) -}}
{{- end -}}

{{/* The environment by which Odoo's image, and the script db-init, find the database. */}}
{{- define "instance.databaseEnvironment" -}}
- name: HOST
  value: {{ printf "%s-pg" (include "instance.fullname" .) | quote }}
- name: PORT
  value: "5432"
- name: USER
  valueFrom:
    secretKeyRef: {name: {{ include "instance.databaseSecret" . | quote }}, key: POSTGRES_USER}
- name: PASSWORD
  valueFrom:
    secretKeyRef: {name: {{ include "instance.databaseSecret" . | quote }}, key: POSTGRES_PASSWORD}
{{- end -}}

{{/* What holds data outlives the instance: neither Helm nor Argo CD deletes it. */}}
{{- define "instance.keep" -}}
helm.sh/resource-policy: keep
argocd.argoproj.io/sync-options: Prune=false,Delete=false
{{- end -}}
