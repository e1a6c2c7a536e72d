{{/* The rows that make an init container, as JSON {"rows": […]}. "With addons" means: this list is not empty. */}}
{{- define "instance.addonRows" -}}
{{- $rows := list -}}
{{- $owners := dict -}}
{{- range .Values.addons -}}
  {{- if and .code .image .version (ne (.source | default "") "odoo-builtin") -}}
    {{- $name := include "instance.addonContainer" . -}}
    {{- if hasKey $owners $name -}}
      {{- fail (printf "addons: %s and %s would both make the init container %s; rename one of them." (get $owners $name) .code $name) -}}
    {{- end -}}
    {{- $_ := set $owners $name .code -}}
    {{- $rows = append $rows (dict "name" $name "image" (printf "%v:%v" .image .version)) -}}
  {{- end -}}
{{- end -}}
{{- dict "rows" $rows | toJson -}}
{{- end -}}

{{/* An init container's name: a DNS label, so _ becomes -, in lower case. */}}
{{- define "instance.addonContainer" -}}
{{- $name := .code | replace "_" "-" | lower | printf "addon-%s" -}}
{{- if not (and (le (len $name) 63) (regexMatch "^[a-z0-9-]*[a-z0-9]$" $name)) -}}
  {{- fail (printf "addons: %s would make the init container %s, which Kubernetes refuses; a code has at most 57 characters and ends in a letter or digit." .code $name) -}}
{{- end -}}
{{- $name -}}
{{- end -}}
