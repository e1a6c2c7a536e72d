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

{{/* Whether replicas share their work by a database: "yes" or nothing. */}}
{{- define "odoosky.shares" -}}
{{- if or .Values.database.existingSecret (dig "service" "database" "connectionFile" "" .Values.settings) -}}yes{{- end -}}
{{- end -}}

{{/* What would not do what it looks like is refused. */}}
{{- define "odoosky.checked" -}}
{{- if and (gt (int .Values.replicas) 1) (not (include "odoosky.shares" .)) -}}
{{- fail (printf "%d replicas need a database by which they share their work: name its Secret with database.existingSecret, or set replicas: 1." (int .Values.replicas)) -}}
{{- end -}}
{{- if .Values.ingress.create -}}
{{- if not .Values.ingress.host -}}
{{- fail "ingress.create needs ingress.host, the name by which the service is asked for." -}}
{{- end -}}
{{- if and .Values.ingress.showPage (not (has .Values.ingress.host (dig "page" "hosts" list .Values.settings))) -}}
{{- fail (printf "The page answers no name that settings.page.hosts does not list: add %s there." .Values.ingress.host) -}}
{{- end -}}
{{- end -}}
{{- end -}}

{{/* The files that are mounted and named to the program by a variable. */}}
{{- define "odoosky.files" -}}
{{- $all := list (list "database" "ODOOSKY_SERVICE_DATABASE_CONNECTION_FILE") (list "webhooks" "ODOOSKY_WEBHOOKS_SECRET_FILE") (list "page" "ODOOSKY_PAGE_ADMIN_TOKEN_FILE") -}}
{{- $files := list -}}
{{- range $all -}}
{{- $values := index $.Values (first .) -}}
{{- if $values.existingSecret -}}
{{- $files = append $files (dict "name" (first .) "variable" (last .) "secret" $values.existingSecret "key" $values.key) -}}
{{- end -}}
{{- end -}}
{{- toYaml $files -}}
{{- end -}}
