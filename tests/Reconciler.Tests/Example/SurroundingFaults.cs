using Around = OdooSky.GitOps.Reconciler.Tests.Example.AroundOdooTests;

namespace OdooSky.GitOps.Reconciler.Tests.Example;

/// <summary>Faults around the Deployment: claims, PostgreSQL, the Secret, the way in, the schema, the list of restarts.</summary>
internal static class SurroundingFaults
{
    private const string Claims = "templates/volumes.yaml";
    private const string Helpers = "templates/_helpers.tpl";
    private const string Secret = "templates/pg-secret.yaml";
    private const string Set = "templates/pg-statefulset.yaml";
    private const string Ingress = "templates/odoo-ingress.yaml";
    private const string Retry = "templates/odoo-retry.yaml";
    private const string Schema = "values.schema.json";

    public static ChartFault[] All { get; } = [.. Data(), .. PostgreSql(), .. WayIn(), .. Codes(), .. Refusals(), .. Restarts()];

    private static IEnumerable<ChartFault> Data() =>
    [
        new("the claims are in the release", Claims, "list \"odoo\" \"pg\"", "list \"odoo\"", nameof(Around.Every_claim_that_a_pod_names_is_in_the_release_and_outlives_it)),
        new("a claim has one writer", Claims, "ReadWriteOnce", "ReadWriteMany", nameof(Around.Every_claim_that_a_pod_names_is_in_the_release_and_outlives_it)),
        new("a claim's size", Claims, "storage: {{ $volume.size | quote }}", "storage: 10Gi", nameof(Around.Sizes_and_storage_classes_reach_the_claims)),
        new("a claim's storage class", Claims, "storageClassName: {{ . | quote }}", "storageClassName: standard", nameof(Around.Sizes_and_storage_classes_reach_the_claims)),
        new("claims outlive the release", Claims, "{{- include \"instance.keep\" $ | nindent 4 }}", "x: y", nameof(Around.A_retired_instance_leaves_its_volumes_and_the_databases_Secret_and_nothing_else)),
        new("Helm keeps what holds data", Helpers, "helm.sh/resource-policy: keep", "x: y", nameof(Around.A_retired_instance_leaves_its_volumes_and_the_databases_Secret_and_nothing_else)),
        new("Argo CD does not delete what holds data", Helpers, "Prune=false,Delete=false", "Prune=false", nameof(Around.A_retired_instance_leaves_its_volumes_and_the_databases_Secret_and_nothing_else)),
        new("Argo CD does not prune what holds data", Helpers, "Prune=false,Delete=false", "Delete=false", nameof(Around.A_retired_instance_leaves_its_volumes_and_the_databases_Secret_and_nothing_else)),
        new("a retired instance's pods go", Set, "  name: {{ $fullname }}-pg\n  labels:", "  name: {{ $fullname }}-pg\n  annotations: {helm.sh/resource-policy: keep}\n  labels:", nameof(Around.A_retired_instance_leaves_its_volumes_and_the_databases_Secret_and_nothing_else)),
    ];

    private static IEnumerable<ChartFault> PostgreSql() =>
    [
        new("the Secret outlives the release", Secret, "{{- include \"instance.keep\" . | nindent 4 }}", "x: y", nameof(Around.The_Secret_that_the_pods_name_is_made_and_kept_unless_it_is_the_users_own)),
        new("an own Secret is not made", Secret, "{{- if not .Values.postgresql.existingSecret }}", "{{- if true }}", nameof(Around.The_Secret_that_the_pods_name_is_made_and_kept_unless_it_is_the_users_own)),
        new("an own Secret is used", Helpers, "{{- .Values.postgresql.existingSecret | default (", "{{- \"\" | default (", nameof(Around.PostgreSQL_takes_user_and_password_from_the_same_Secret_as_Odoo)),
        new("the user is odoo", Secret, "\"odoo\" | b64enc", "\"postgres\" | b64enc", nameof(Around.The_Secret_that_the_pods_name_is_made_and_kept_unless_it_is_the_users_own)),
        new("a password of 32 characters", Secret, "randAlphaNum 32", "randAlphaNum 8", nameof(Around.The_Secret_that_the_pods_name_is_made_and_kept_unless_it_is_the_users_own)),
        new("a password is made for each instance", Secret, "randAlphaNum 32 |", "\"not-so-secret\" |", nameof(LivePasswordTests.Where_there_is_none_yet_one_is_made)),
        new("the password is made once", Secret, "lookup \"v1\" \"Secret\" .Release.Namespace $name | default dict", "dict", nameof(LivePasswordTests.The_password_that_is_in_the_cluster_stays_with_all_that_the_Secret_holds)),
        new("PostgreSQL's Service has its name", "templates/pg-service.yaml", "}}-pg\n", "}}-db\n", nameof(Around.PostgreSQL_answers_where_Odoo_asks)) ,
        new("PostgreSQL's Service leads to its pod", "templates/pg-service.yaml", "\"role\" \"pg\"", "\"role\" \"odoo\"", nameof(Around.PostgreSQL_answers_where_Odoo_asks)),
        new("PostgreSQL's Service has the port 5432", "templates/pg-service.yaml", "port: 5432", "port: 6432", nameof(Around.PostgreSQL_answers_where_Odoo_asks)),
        new("PostgreSQL's pod has the port that the Service names", Set, "            - name: postgresql\n", "            - name: pg\n", nameof(Around.PostgreSQL_answers_where_Odoo_asks)),
        new("the StatefulSet names its Service", Set, "serviceName: {{ $fullname }}-pg", "serviceName: pg", nameof(Around.PostgreSQL_answers_where_Odoo_asks)),
        new("PostgreSQL's image", Set, ".Values.postgresql.image.repository .Values.postgresql.image.tag", "\"postgres\" .Values.postgresql.image.tag", nameof(Around.PostgreSQL_answers_where_Odoo_asks)),
        new("PostgreSQL's user and password come from the Secret's keys", Set, "key: {{ . }}}", "key: POSTGRES_PASSWORD}", nameof(Around.PostgreSQL_takes_user_and_password_from_the_same_Secret_as_Odoo)),
    ];

    private static IEnumerable<ChartFault> WayIn() =>
    [
        new("Odoo's Service leads to its pod", "templates/odoo-service.yaml", "\"role\" \"odoo\"", "\"role\" \"pg\"", nameof(Around.Odoos_Service_leads_to_its_pod)),
        new("Odoo's Service has the port 8069", "templates/odoo-service.yaml", "port: 8069", "port: 80", nameof(Around.Odoos_Service_leads_to_its_pod)),
        new("the Ingress leads to the Service", Ingress, "                name: {{ $fullname }}-odoo", "                name: {{ $fullname }}", nameof(Around.An_Ingress_leads_to_the_Service_unless_it_is_switched_off)),
        new("an Ingress can be switched off", Ingress, "{{- if .Values.ingress.enabled }}", "{{- if true }}", nameof(Around.An_Ingress_leads_to_the_Service_unless_it_is_switched_off)),
        new("the host that is named", Ingress, ".Values.ingress.host | default (", "\"\" | default (", nameof(Around.The_host_is_the_code_under_the_fleets_domain_or_the_one_named)),
        new("the host is the code under the domain", Ingress, "(printf \"%s.%s\" .Values.instance.code", "(printf \"%s.%s\" $fullname", nameof(Around.The_host_is_the_code_under_the_fleets_domain_or_the_one_named)),
        new("the Ingress class", Ingress, "ingressClassName: {{ . | quote }}", "ingressClassName: nginx-public", nameof(Around.Class_certificate_and_annotations_are_those_of_the_overlay)),
        new("the certificate", Ingress, "secretName: {{ . | quote }}", "secretName: tls-of-the-fleet", nameof(Around.Class_certificate_and_annotations_are_those_of_the_overlay)),
        new("annotations stay beside the Middleware", Ingress, "(list (get $annotations $key) $own)", "(list $own)", nameof(Around.Class_certificate_and_annotations_are_those_of_the_overlay)),
        new("the Ingress names the Middleware", Ingress, "{{- if .Values.ingress.retry.enabled -}}", "{{- if false -}}", nameof(Around.With_Traefik_a_Middleware_asks_again_while_a_pod_is_replaced)),
        new("a Middleware only where it is asked for", Retry, "{{- if and .Values.ingress.enabled .Values.ingress.retry.enabled }}", "{{- if .Values.ingress.enabled }}", nameof(Around.With_Traefik_a_Middleware_asks_again_while_a_pod_is_replaced)),
        new("how often it asks again", Retry, ".Values.ingress.retry.attempts | int", "3", nameof(Around.With_Traefik_a_Middleware_asks_again_while_a_pod_is_replaced)),
    ];

    private static IEnumerable<ChartFault> Codes() =>
    [
        new("a code starts with a letter", Schema, "\"code\": {\n      \"if\": {\n        \"type\": \"string\",\n        \"pattern\": \"^[a-z](", "\"code\": {\n      \"if\": {\n        \"type\": \"string\",\n        \"pattern\": \"^[a-z0-9](", nameof(HostileChartTests.No_hostile_text_passes_for_a_code)),
        new("a code has at most 40 characters", Schema, "[a-z0-9])?$\",\n        \"maxLength\": 40,", "[a-z0-9])?$\",\n        \"maxLength\": 41,", nameof(HostileChartTests.No_hostile_text_passes_for_a_code)),
        new("a code is no database of PostgreSQL's own", Schema, "\"enum\": [\"postgres\", ", "\"enum\": [", nameof(HostileChartTests.No_hostile_text_passes_for_a_code)),
        new("a clone's origin is a code", Schema, "\"cloneFromCode\": { \"$ref\": \"#/definitions/optionalCode\" }", "\"cloneFromCode\": { \"type\": \"string\" }", nameof(HostileChartTests.No_hostile_text_passes_for_a_clones_origin)),
        new("an addon's code is plain", Schema, "\"^[A-Za-z0-9][A-Za-z0-9_-]*$\"", "\"^[A-Za-z0-9]\"", nameof(HostileChartTests.No_text_that_the_tools_refuse_passes_for_an_addons_code)),
        new("no sentence is a value", Schema, "\"type\": \"string\", \"pattern\": \" \" }", "\"type\": \"string\", \"pattern\": \"^$\" }", nameof(HostileChartTests.No_sentence_of_the_schema_passes_for_a_value)),
    ];

    private static IEnumerable<ChartFault> Refusals() =>
    [
        new("the mount path is absolute and plain", Schema, "\"^(/[A-Za-z0-9_-][A-Za-z0-9_.-]*)+$\"", "\"^(/?[A-Za-z0-9_-][A-Za-z0-9_.-]*)+$\"", nameof(RefusalTests.A_wrong_value_is_named_and_what_is_right_is_said_in_a_sentence)),
        new("the mount path is not the system's", Schema, "|sys|usr|", "|sys|", nameof(RefusalTests.A_wrong_value_is_named_and_what_is_right_is_said_in_a_sentence)),
        new("the mount path is not the filestore's", Schema, "|var/lib/odoo)", ")", nameof(RefusalTests.A_wrong_value_is_named_and_what_is_right_is_said_in_a_sentence)),
        new("a row has a source", Schema, "\"required\": [\"code\", \"source\"]", "\"required\": [\"code\"]", nameof(RefusalTests.A_missing_key_an_unknown_key_and_a_wrong_type_are_named)),
        new("a row has a code", Schema, "\"required\": [\"code\", \"source\"]", "\"required\": [\"source\"]", nameof(RefusalTests.A_missing_key_an_unknown_key_and_a_wrong_type_are_named)),
        new("a row that is not built in has an image", Schema, "\"required\": [\"image\", \"version\"]", "\"required\": [\"version\"]", nameof(RefusalTests.A_missing_key_an_unknown_key_and_a_wrong_type_are_named)),
        new("a row that is not built in has a version", Schema, "\"required\": [\"image\", \"version\"]", "\"required\": [\"image\"]", nameof(RefusalTests.A_missing_key_an_unknown_key_and_a_wrong_type_are_named)),
        new("a version is a text", Schema, "\"version\": { \"$ref\": \"#/definitions/tag\" }", "\"version\": {}", nameof(RefusalTests.A_wrong_value_is_named_and_what_is_right_is_said_in_a_sentence)),
        new("a mirror is a registry's host", Schema, "(/[a-z0-9]+([._-]+[a-z0-9]+)*)*)?$\"", "(/[a-z0-9]*([._-]+[a-z0-9]+)*)*)?$\"", nameof(RefusalTests.A_wrong_value_is_named_and_what_is_right_is_said_in_a_sentence)),
        new("an unknown key of the mirror or the instance is refused", Schema, "\"instance\": {\n      \"type\": \"object\",\n      \"additionalProperties\": false,", "\"instance\": {\n      \"type\": \"object\",", nameof(RefusalTests.A_missing_key_an_unknown_key_and_a_wrong_type_are_named)),
        new("Kubernetes 1.29 and newer", "Chart.yaml", ">=1.29.0-0", ">=1.25.0-0", nameof(ChartVersionTests.Kubernetes_1_29_is_enough_and_1_28_is_refused_with_a_reason)),
        new("a provider's version is a version", "Chart.yaml", ">=1.29.0-0", ">=1.29.0", nameof(ChartVersionTests.A_suffix_that_a_provider_adds_to_the_version_does_no_harm)),
        new("the helper instance.resources takes Values and a role", Helpers, "get (.Values.resources | default dict) .role", "get (.Values.resources | default dict) \"odoo\"", nameof(ChartVersionTests.The_four_helpers_can_be_used_by_templates_beside_the_charts_own)),
    ];

    private static IEnumerable<ChartFault> Restarts() =>
    [
        new("the list says which pods roll", "restart-paths.yaml", "resources.pg: [pg]", "resources.pg: []", nameof(RestartPathsTests.What_is_listed_is_what_Helm_rolls)),
        new("the list says what rolls nothing", "restart-paths.yaml", "ingress: []", "ingress: [odoo]", nameof(RestartPathsTests.What_is_listed_is_what_Helm_rolls)),
        new("what is not in the list counts as a restart", "restart-paths.yaml", "  persistence.pg.size: []\n", "", nameof(RestartPathsTests.Every_value_of_the_chart_is_listed_and_tried_or_left_out_on_purpose)),
        new("the chart ships the list", "restart-paths.yaml", "kind: RestartPaths", "kind: Restarts", nameof(RestartPathsTests.The_file_is_read_without_a_problem)),
        new("the way in rolls no pod", Helpers, "app.kubernetes.io/part-of: odoo", "app.kubernetes.io/part-of: {{ .Values.ingress.host | default \"odoo\" }}", nameof(RestartPathsTests.A_size_of_a_volume_and_the_way_in_change_without_an_outage)),
    ];
}
